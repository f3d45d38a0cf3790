package io.quarkiverse.openai.batch.runtime.client.http;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jboss.resteasy.reactive.RestResponse;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;
import io.quarkiverse.openai.batch.runtime.retry.Deadline;
import io.quarkiverse.openai.batch.runtime.retry.Repetition;
import io.quarkiverse.openai.batch.runtime.retry.RetriedCall;
import io.quarkus.arc.Arc;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/**
 * Sends the calls of one client: URI, headers and key, attempts and their time-outs, errors. All beans and built clients send
 * through it.
 */
public final class CallSender {

    private static final int STATUS_UNAUTHORIZED = 401;

    private final WireApi api;
    private final ClientSettings settings;
    private final KeyHeader keyHeader;
    private final ScheduledExecutorService timers;

    public CallSender(WireApi api, ClientSettings settings, Credentials credentials) {
        this.api = api;
        this.settings = settings;
        this.keyHeader = new KeyHeader(settings, credentials);
        // a cancelled timer is released; a timer of Mutiny stays in memory until its time
        this.timers = Arc.container().instance(Vertx.class).get().nettyEventLoopGroup();
    }

    public ClientSettings settings() {
        return settings;
    }

    public ScheduledExecutorService timers() {
        return timers;
    }

    /** Sends a call, and repeats it as the options say. */
    public <T> Uni<Reply<T>> send(ApiCall<?, T> call, CallContext context) {
        return Uni.createFrom().deferred(() -> {
            RetriedCall<Reply<T>> retried = retried(call, context);
            return retried.run(failure -> Repetition.AS_CONFIGURED).onFailure(AttemptFailure.class)
                    .transform(failure -> exception(call.operation(), (AttemptFailure) failure, retried));
        });
    }

    /** A call whose failures are left as they are, for operations with rules of their own. */
    public <T> RetriedCall<Reply<T>> retried(ApiCall<?, T> call, CallContext context) {
        return retried(call.operation(), context.options(), deadline -> attempt(call, context, deadline));
    }

    public <T> RetriedCall<Reply<T>> retried(String operation, CallOptions options,
            Function<Deadline, Uni<Reply<T>>> attempt) {
        return new RetriedCall<>(operation + " of client " + settings.name(), options.retry().orElse(settings.retry()),
                attempt);
    }

    /** Sends a call once, and a second time after a response of 401 if another key can be had. */
    public <T> Uni<Reply<T>> attempt(ApiCall<?, T> call, CallContext context, Deadline deadline) {
        Uni<Reply<T>> attempt = attemptWithKey(call, context, deadline, false);
        if (!keyHeader.isRenewable()) {
            return attempt;
        }
        Predicate<Throwable> refused = failure -> failure instanceof AttemptFailure answer
                && answer.status() == STATUS_UNAUTHORIZED;
        return attempt.onFailure(refused).recoverWithUni(() -> attemptWithKey(call, context, deadline, true));
    }

    private <B, T> Uni<Reply<T>> attemptWithKey(ApiCall<B, T> call, CallContext context, Deadline deadline,
            boolean refused) {
        Duration own = call.timeout() == null ? settings.timeouts().read() : call.timeout();
        Duration timeout = deadline.cap(context.options().timeout().orElse(own));
        WireRequest request = new WireRequest(uri(call, context.options()), headers(context.options()));
        return Attempt.of(request, () -> sent(call, request, refused), call.body(), context.reader(), timeout, timers);
    }

    private <B> CompletionStage<RestResponse<B>> sent(ApiCall<B, ?> call, WireRequest request, boolean refused) {
        return keyHeader.forRequest(request.headers(), refused).thenCompose(key -> {
            key.ifPresent(header -> request.header(header.getKey(), header.getValue()));
            return call.send().apply(api, request);
        });
    }

    private Map<String, String> headers(CallOptions options) {
        Map<String, String> headers = new LinkedHashMap<>(settings.headers());
        options.headers().forEach((name, value) -> {
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
        });
        return headers;
    }

    private URI uri(ApiCall<?, ?> call, CallOptions options) {
        Map<String, String> query = new LinkedHashMap<>(settings.query());
        query.putAll(call.query());
        query.putAll(options.query());
        String parameters = query.entrySet().stream()
                .map(pair -> PathSegment.encoded(pair.getKey()) + "=" + PathSegment.encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(settings.baseUrl() + call.path() + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    /** The exception for users. */
    public BatchApiException exception(String operation, AttemptFailure failure, RetriedCall<?> call) {
        return call.exception(failure, (summary, details) -> new BatchApiException("%s at %s failed with %s"
                .formatted(operation, settings.baseUrl().getHost(), summary), details, failure.getCause()));
    }
}
