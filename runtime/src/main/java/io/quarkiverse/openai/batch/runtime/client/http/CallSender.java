package io.quarkiverse.openai.batch.runtime.client.http;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.resteasy.reactive.RestResponse;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;
import io.quarkiverse.openai.batch.runtime.provider.Credentials;
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
    private static final Set<Integer> KEY_REFUSED = Set.of(STATUS_UNAUTHORIZED, 403);
    private static final String UPLOAD = "uploadFile";
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_REDIRECTS = 3;

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

    /**
     * @throws io.quarkus.runtime.configuration.ConfigurationException if no call could be sent: there is no key, or it would go
     *         unencrypted to another machine
     */
    public void requireKey() {
        keyHeader.requireKey();
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
        URI uri = uri(call, context.options());
        Uni<Reply<T>> attempt = attemptAt(uri, call, context, deadline, refused);
        return call.body() instanceof BodyReader.Content
                ? attempt.onFailure(CallSender::isRedirect)
                        .recoverWithUni(answer -> follow(uri, MOST_REDIRECTS, answer, call, context, deadline))
                : attempt;
    }

    private static boolean isRedirect(Throwable failure) {
        return failure instanceof AttemptFailure answer && REDIRECTS.contains(answer.status());
    }

    /** To another https origin, or from this machine to this machine. What is no such place leaves the answer as it is. */
    private <B, T> Uni<Reply<T>> follow(URI from, int hops, Throwable answer, ApiCall<B, T> call, CallContext context,
            Deadline deadline) {
        Optional<URI> target = ((AttemptFailure) answer).header("location").flatMap(location -> target(from, location));
        if (target.isEmpty() || hops == 0) {
            return Uni.createFrom().failure(answer);
        }
        URI uri = target.get();
        return attemptAt(uri, call, context, deadline, false).onFailure(CallSender::isRedirect)
                .recoverWithUni(next -> follow(uri, hops - 1, next, call, context, deadline));
    }

    private static Optional<URI> target(URI from, String location) {
        try {
            URI uri = from.resolve(location);
            boolean local = "http".equalsIgnoreCase(uri.getScheme()) && KeyHeader.isLoopback(uri) && KeyHeader.isLoopback(from);
            boolean known = uri.getHost() != null && uri.getUserInfo() == null;
            return Optional.of(uri).filter(target -> known && (local || "https".equalsIgnoreCase(target.getScheme())));
        } catch (IllegalArgumentException noUri) {
            return Optional.empty();
        }
    }

    private <B, T> Uni<Reply<T>> attemptAt(URI uri, ApiCall<B, T> call, CallContext context, Deadline deadline,
            boolean refused) {
        Duration own = call.timeout() == null ? settings.timeouts().read() : call.timeout();
        Duration timeout = deadline.cap(context.options().timeout().orElse(own));
        boolean known = origin(uri).equals(origin(settings.baseUrl()));
        WireRequest request = new WireRequest(uri, known ? headers(context.options()) : headers(CallOptions.of(), Map.of()),
                keyHeader::isSecret);
        return Attempt.of(request, () -> known ? sent(call, request, refused) : call.send().apply(api, request), call.body(),
                context.reader(), timeout, timers);
    }

    /** Scheme, host and port (RFC 6454, section 4). */
    private static String origin(URI uri) {
        boolean encrypted = "https".equalsIgnoreCase(uri.getScheme());
        int port = uri.getPort() >= 0 ? uri.getPort() : encrypted ? 443 : 80;
        return (uri.getScheme() + "://" + uri.getHost() + ":" + port).toLowerCase(Locale.ROOT);
    }

    private <B> CompletionStage<RestResponse<B>> sent(ApiCall<B, ?> call, WireRequest request, boolean refused) {
        return keyHeader.forRequest(request.headers(), refused).thenCompose(key -> {
            key.ifPresent(header -> request.header(header.getKey(), header.getValue()));
            return call.send().apply(api, request);
        });
    }

    private Map<String, String> headers(CallOptions options) {
        return headers(options, settings.headers());
    }

    private static Map<String, String> headers(CallOptions options, Map<String, String> ofClient) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(ContentCoding.HEADER, ContentCoding.ACCEPTED);
        Stream.of(ofClient, options.headers()).forEach(others -> others.forEach((name, value) -> {
            headers.keySet().removeIf(name::equalsIgnoreCase);
            headers.put(name, value);
        }));
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

    /** The exception for users. What a provider says of an upload may quote the prompts in it; all else has none. */
    public BatchApiException exception(String operation, AttemptFailure failure, RetriedCall<?> call) {
        String explanation = operation.equals(UPLOAD) ? "" : failure.explanation();
        String ofKey = KEY_REFUSED.contains(failure.status()) ? keyHeader.description() : "";
        return call.exception(failure, (summary, details) -> new BatchApiException("%s at %s failed with %s%s%s"
                .formatted(operation, place(), summary, explanation, ofKey), details, failure.getCause()));
    }

    private String place() {
        URI url = settings.baseUrl();
        return url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort();
    }
}
