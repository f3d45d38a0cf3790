package io.quarkiverse.openai.batch.deployment;

import org.jboss.jandex.MethodInfo;

import io.quarkus.arc.processor.InvokerInfo;
import io.quarkus.builder.item.MultiBuildItem;

/** A method with {@link io.quarkiverse.openai.batch.job.OnBatchResult}. */
final class BatchResultHandlerBuildItem extends MultiBuildItem {

    private final String pattern;
    private final MethodInfo method;
    private final InvokerInfo invoker;

    BatchResultHandlerBuildItem(String pattern, MethodInfo method, InvokerInfo invoker) {
        this.pattern = pattern;
        this.method = method;
        this.invoker = invoker;
    }

    String pattern() {
        return pattern;
    }

    MethodInfo method() {
        return method;
    }

    InvokerInfo invoker() {
        return invoker;
    }
}
