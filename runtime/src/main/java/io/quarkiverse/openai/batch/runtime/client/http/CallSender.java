package io.quarkiverse.openai.batch.runtime.client.http;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
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
import io.smallrye.mutiny.Uni;

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

    public CallSender(WireApi api, ClientSettings settings, Credentials credentials, ScheduledExecutorService timers) {
        this.api = api;
        this.settings = settings;
        this.keyHeader = new KeyHeader(settings, credentials);
        this.timers = timers;
    }

    public ClientSettings settings() {
        return settings;
    }

    public ScheduledExecutorService timers() {
        return timers;
    }

    /**
     * Sends a call, and repeats it as the options say.
     *
     * @param reader where an answer is read
     */
    public <B, T> Uni<Reply<T>> send(ApiCall<B, T> call, CallOptions options, Duration timeout, Executor reader) {
        return Uni.createFrom().deferred(() -> {
            RetriedCall<Reply<T>> retried = retried(call, options, timeout, reader);
            return retried.run(failure -> Repetition.AS_CONFIGURED).onFailure(AttemptFailure.class)
                    .transform(failure -> exception(call.operation(), (AttemptFailure) failure, retried));
        });
    }

    /** A call whose failures are left as they are, for operations with rules of their own. */
    public <B, T> RetriedCall<Reply<T>> retried(ApiCall<B, T> call, CallOptions options, Duration timeout, Executor reader) {
        return retried(call.operation(), options, deadline -> attempt(call, options, timeout, deadline, reader));
    }

    public <T> RetriedCall<Reply<T>> retried(String operation, CallOptions options,
            Function<Deadline, Uni<Reply<T>>> attempt) {
        return new RetriedCall<>(operation + " of client " + settings.name(), options.retry().orElse(settings.retry()),
                attempt);
    }

    /** Sends a call once; after an answer of 401 once more, if another key can be had. */
    public <B, T> Uni<Reply<T>> attempt(ApiCall<B, T> call, CallOptions options, Duration timeout, Deadline deadline,
            Executor reader) {
        Duration limit = options.timeout().orElse(timeout);
        Uni<Reply<T>> attempt = attemptWithKey(call, options, deadline.cap(limit), reader, false);
        if (!keyHeader.isRenewable()) {
            return attempt;
        }
        Predicate<Throwable> refused = failure -> failure instanceof AttemptFailure answer
                && answer.status() == STATUS_UNAUTHORIZED;
        return attempt.onFailure(refused)
                .recoverWithUni(() -> attemptWithKey(call, options, deadline.cap(limit), reader, true));
    }

    private <B, T> Uni<Reply<T>> attemptWithKey(ApiCall<B, T> call, CallOptions options, Duration timeout, Executor reader,
            boolean refused) {
        WireRequest request = new WireRequest(uri(call, options), headers(options));
        return Attempt.of(request, () -> sent(call, request, refused), call.answer(), reader, timeout, timers);
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

    public BatchApiException exception(String operation, AttemptFailure failure, RetriedCall<?> call) {
        return Failures.exception(operation, settings.baseUrl(), failure, call.attempts(), call.deadline().elapsed());
    }
}
