package io.quarkiverse.openai.batch.runtime.metrics;

import java.util.Locale;

import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.openai.batch.runtime.webhook.WebhookObserver;

/** Counts the calls of the webhook. */
@ApplicationScoped
public class WebhookMetrics implements WebhookObserver {

    private final MeterRegistry registry;

    WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void received(Fate fate) {
        Counter.builder("openai.batch.webhook").baseUnit("calls").tag("fate", fate.name().toLowerCase(Locale.ROOT))
                .register(registry).increment();
    }
}
