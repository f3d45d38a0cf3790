package io.quarkiverse.openai.batch.runtime.job.method;

import java.util.concurrent.Callable;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.arc.ManagedContext;

/** Calls code of the application with a request context of its own, unless there is one. */
final class InRequestContext {

    private InRequestContext() {
    }

    static <T> T call(Callable<T> code) throws Exception {
        ArcContainer container = Arc.container();
        if (container == null || container.requestContext().isActive()) {
            return code.call();
        }
        ManagedContext request = container.requestContext();
        request.activate();
        try {
            return code.call();
        } finally {
            request.terminate();
        }
    }
}
