package io.quarkiverse.openai.batch.deployment;

import org.jboss.jandex.MethodInfo;

import io.quarkiverse.openai.batch.deployment.TypedHandlers.Typed;
import io.quarkus.arc.processor.InvokerInfo;
import io.quarkus.builder.item.MultiBuildItem;

/** A method of the application that jobs call. */
final class JobMethodBuildItem extends MultiBuildItem {

    /** The annotation of the method. */
    enum Kind {
        /** {@link io.quarkiverse.openai.batch.job.BatchSource} */
        SOURCE,
        /** {@link io.quarkiverse.openai.batch.job.OnBatchResult} */
        RESULT_HANDLER,
        /** {@link io.quarkiverse.openai.batch.job.OnBatchFailure} */
        FAILURE_HANDLER,
        /** {@link io.quarkiverse.openai.batch.job.BatchCheck} */
        CHECK
    }

    private final Kind kind;
    private final String pattern;
    private final String id;
    private final MethodInfo method;
    private final Typed typed;
    private final InvokerInfo invoker;

    JobMethodBuildItem(Kind kind, String pattern, String id, MethodInfo method, Typed typed, InvokerInfo invoker) {
        this.kind = kind;
        this.pattern = pattern;
        this.id = id;
        this.method = method;
        this.typed = typed;
        this.invoker = invoker;
    }

    Kind kind() {
        return kind;
    }

    String pattern() {
        return pattern;
    }

    /** By which it is known after a restart. */
    String id() {
        return id;
    }

    MethodInfo method() {
        return method;
    }

    /** What it takes of answers; null if it takes none apart. */
    Typed typed() {
        return typed;
    }

    InvokerInfo invoker() {
        return invoker;
    }
}
