package io.quarkiverse.openai.batch.runtime.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jboss.resteasy.reactive.RestResponse;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.model.ErrorResponse;
import io.quarkiverse.openai.batch.model.WireJson;
import io.quarkiverse.openai.batch.runtime.retry.AttemptFailure;
import io.quarkiverse.openai.batch.runtime.retry.Deadline;
import io.quarkiverse.openai.batch.runtime.retry.Repetition;
import io.quarkiverse.openai.batch.runtime.retry.RetriedCall;
import io.smallrye.mutiny.Uni;

/**
 * Sends the calls of one client: URI, headers and key, attempts and their time-outs, errors. All beans and built clients send
 * through it.
 */
final class Exchange {

    private static final int STATUS_UNAUTHORIZED = 401;

    private final WireApi api;
    private final ClientSettings settings;
    private final KeyHeader keyHeader;

    Exchange(WireApi api, ClientSettings settings, Credentials credentials) {
        this.api = api;
        this.settings = settings;
        this.keyHeader = new KeyHeader(settings, credentials);
    }

    ClientSettings settings() {
        return settings;
    }

    /**
     * Sends a call, and repeats it as the options say.
     *
     * @param reader where an answer's body is read, which blocks
     */
    <T> Uni<Reply<T>> send(ApiCall<T> call, CallOptions options, Duration timeout, Executor reader) {
        return Uni.createFrom().deferred(() -> {
            RetriedCall<Reply<T>> retried = retried(call, options, timeout, reader);
            return retried.run(failure -> Repetition.AS_CONFIGURED).onFailure(AttemptFailure.class)
                    .transform(failure -> exception(call.operation(), (AttemptFailure) failure, retried));
        });
    }

    /** A call whose failures are left as they are, for operations with rules of their own. */
    <T> RetriedCall<Reply<T>> retried(ApiCall<T> call, CallOptions options, Duration timeout, Executor reader) {
        String name = call.operation() + " of client " + settings.name();
        return new RetriedCall<>(name, options.retry().orElse(settings.retry()),
                deadline -> attempt(call, options, options.timeout().orElse(timeout), deadline, reader));
    }

    private <T> Uni<Reply<T>> attempt(ApiCall<T> call, CallOptions options, Duration timeout, Deadline deadline,
            Executor reader) {
        Uni<Reply<T>> attempt = attemptWithKey(call, options, deadline.cap(timeout), reader, false);
        if (!keyHeader.isRenewable()) {
            return attempt;
        }
        Predicate<Throwable> refused = failure -> failure instanceof AttemptFailure answer
                && answer.status() == STATUS_UNAUTHORIZED;
        return attempt.onFailure(refused)
                .recoverWithUni(() -> attemptWithKey(call, options, deadline.cap(timeout), reader, true));
    }

    private <T> Uni<Reply<T>> attemptWithKey(ApiCall<T> call, CallOptions options, Duration timeout, Executor reader,
            boolean refused) {
        Map<String, String> headers = new LinkedHashMap<>(settings.headers());
        options.headers().forEach((name, value) -> {
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
        });
        return keyHeader.forRequest(headers, refused).chain(key -> {
            key.ifPresent(header -> headers.put(header.getKey(), header.getValue()));
            return once(call, new WireRequest(uri(call, options), headers), timeout, reader);
        });
    }

    private <T> Uni<Reply<T>> once(ApiCall<T> call, WireRequest request, Duration timeout, Executor reader) {
        return call.send().apply(api, request)
                .emitOn(reader)
                .map(response -> reply(call, response, request, timeout))
                .onCancellation().invoke(request::reset)
                .ifNoItem().after(timeout)
                .failWith(() -> AttemptFailure.unanswered("no answer within " + timeout, null, request.isSent()))
                .onFailure(failure -> !(failure instanceof AttemptFailure))
                .transform(failure -> ConnectionFailure.of(failure, request.isSent()));
    }

    private <T> Reply<T> reply(ApiCall<T> call, RestResponse<InputStream> response, WireRequest request, Duration timeout) {
        int status = response.getStatus();
        Map<String, List<String>> headers = headers(response);
        if (status < 200 || status >= 300) {
            throw error(status, headers, response, request);
        }
        T value = call.answer().read(response.getEntity(), status, headers, request, timeout);
        return new Reply<>(value, status, headers);
    }

    private static AttemptFailure error(int status, Map<String, List<String>> headers, RestResponse<InputStream> response,
            WireRequest request) {
        byte[] body = BoundedBody.readError(response.readEntity(InputStream.class), request);
        ErrorResponse.ApiError error = null;
        try {
            error = WireJson.read(body, ErrorResponse.class).error();
        } catch (IOException notOpenAisForm) {
            // the status and the start of the body are what there is
        }
        String start = new String(body, 0, Math.min(body.length, 8_000), StandardCharsets.UTF_8);
        return AttemptFailure.answered(status, headers, error, start.substring(0, Math.min(start.length(), 2_000)));
    }

    private static Map<String, List<String>> headers(RestResponse<?> response) {
        return response.getStringHeaders().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> List.copyOf(header.getValue()), (one, other) -> one));
    }

    private URI uri(ApiCall<?> call, CallOptions options) {
        Map<String, String> query = new LinkedHashMap<>(settings.query());
        query.putAll(call.query());
        query.putAll(options.query());
        String parameters = query.entrySet().stream()
                .map(pair -> PathSegment.encoded(pair.getKey()) + "=" + PathSegment.encoded(pair.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(settings.baseUrl() + call.path() + (parameters.isEmpty() ? "" : "?" + parameters));
    }

    BatchApiException exception(String operation, AttemptFailure failure, RetriedCall<?> call) {
        return Failures.exception(operation, settings.baseUrl(), failure, call.attempts(), call.deadline().elapsed());
    }
}
