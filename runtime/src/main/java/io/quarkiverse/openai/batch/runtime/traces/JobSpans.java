package io.quarkiverse.openai.batch.runtime.traces;

import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkiverse.openai.batch.runtime.job.trace.Subject;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

/**
 * Makes a span of each step, in a trace of its own: a job lasts for a day, and a trace that long is none that can be read. It
 * is
 * linked to the trace of the call that submitted the job. A span says what job, chunk and batch it is of; of prompts and
 * answers it has nothing.
 * <p>
 * {@code gen_ai.request.model} is the attribute of OpenTelemetry's semantic conventions for generative AI (status Development,
 * read 2026-11). They have none for batches; those are {@code openai_batch.*}.
 */
@ApplicationScoped
public class JobSpans implements Traces {

    private static final String PREFIX = "openai_batch.";
    private static final String TRACEPARENT = "traceparent";
    private static final W3CTraceContextPropagator FORMAT = W3CTraceContextPropagator.getInstance();

    private final Tracer tracer;

    JobSpans(OpenTelemetry telemetry) {
        this.tracer = telemetry.getTracer("io.quarkiverse.openai-batch");
    }

    @Override
    public String caller() {
        Map<String, String> headers = new HashMap<>();
        FORMAT.inject(Context.current(), headers, Map::put);
        return headers.get(TRACEPARENT);
    }

    @Override
    public Span begin(String step, Subject subject) {
        SpanBuilder span = tracer.spanBuilder(PREFIX + step).setSpanKind(SpanKind.INTERNAL);
        set(span, PREFIX + "client", subject.client());
        set(span, PREFIX + "job", subject.job());
        set(span, PREFIX + "batch", subject.batch());
        set(span, "gen_ai.request.model", subject.model());
        if (subject.chunk() != null) {
            span.setAttribute(PREFIX + "chunk", subject.chunk().longValue());
        }
        SpanContext caller = remote(subject.caller());
        if (caller.isValid()) {
            span.addLink(caller);
        }
        return new Step(span.startSpan());
    }

    private static void set(SpanBuilder span, String attribute, String value) {
        if (value != null) {
            span.setAttribute(attribute, value);
        }
    }

    private static SpanContext remote(String traceparent) {
        if (traceparent == null) {
            return SpanContext.getInvalid();
        }
        Context extracted = FORMAT.extract(Context.root(), Map.of(TRACEPARENT, traceparent), HEADERS);
        return io.opentelemetry.api.trace.Span.fromContext(extracted).getSpanContext();
    }

    private static final TextMapGetter<Map<String, String>> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
            return headers.keySet();
        }

        @Override
        public String get(Map<String, String> headers, String name) {
            return headers.get(name);
        }
    };

    private static final class Step implements Span {

        private final io.opentelemetry.api.trace.Span span;
        private final Scope current;

        Step(io.opentelemetry.api.trace.Span span) {
            this.span = span;
            this.current = span.makeCurrent();
        }

        /** The kind of failure alone: its message may quote what the application's own code works on. */
        @Override
        public void failed(Throwable failure) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute("error.type", failure.getClass().getName());
        }

        @Override
        public void used(long inputTokens, long outputTokens) {
            span.setAttribute(PREFIX + "input_tokens", inputTokens);
            span.setAttribute(PREFIX + "output_tokens", outputTokens);
        }

        @Override
        public void close() {
            current.close();
            span.end();
        }
    }
}
