package io.quarkiverse.openai.batch.runtime.job.method;

import java.util.Objects;
import java.util.stream.Stream;

import jakarta.enterprise.invoke.Invoker;

import io.quarkiverse.openai.batch.job.JobName;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.runtime.RuntimeValue;

/**
 * A method with {@link io.quarkiverse.openai.batch.job.BatchSource}.
 *
 * @param pattern of the names of its jobs
 * @param method its class and name, for messages
 * @param takesName whether it takes the name of the job
 * @param invoker calls it
 */
public record SourceMethod(String pattern, String method, boolean takesName, RuntimeValue<Invoker<Object, Object>> invoker) {

    public boolean isFor(String job) {
        return new NamePattern(pattern).matches(job);
    }

    /** The lines, with a request context until they are closed. Fails with what the method throws. */
    public Stream<BatchRequest> open(String job) {
        ManagedContext request = Arc.container().requestContext();
        if (request.isActive()) {
            return call(job);
        }
        request.activate();
        try {
            return call(job).onClose(request::terminate);
        } catch (RuntimeException | Error e) {
            request.terminate();
            throw e;
        }
    }

    @SuppressWarnings("unchecked")
    private Stream<BatchRequest> call(String job) {
        Object[] arguments = takesName ? new Object[] { JobName.Literal.of(job) } : new Object[0];
        try {
            return Objects.requireNonNull((Stream<BatchRequest>) invoker.getValue().invoke(null, arguments),
                    () -> method + " returned null");
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(method + " failed", e);
        }
    }
}
