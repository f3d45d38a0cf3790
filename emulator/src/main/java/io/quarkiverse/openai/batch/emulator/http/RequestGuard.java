package io.quarkiverse.openai.batch.emulator.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;

import io.quarkiverse.openai.batch.emulator.api.ApiException;
import io.vertx.core.http.HttpServerRequest;

/**
 * Lets in who may use the emulator: not web pages of other origins, not names that were rebound to loopback, not callers
 * without a key.
 */
final class RequestGuard {

    private static final String BEARER = "bearer ";

    private final Access access;
    private final IntSupplier port;
    private final List<String> ownNames;

    /** @param port that is listened on */
    RequestGuard(Access access, IntSupplier port) {
        this.access = access;
        this.port = port;
        this.ownNames = List.of("localhost", "127.0.0.1", "[::1]", access.host().toLowerCase(Locale.ROOT));
    }

    /**
     * @throws ApiException 403 if the request names another host than the emulator, or comes from another origin; 400 if it can
     *         be read in two ways (RFC 9112, sections 3.2 and 6.1)
     */
    void checkOrigin(HttpServerRequest request) {
        checkOnce(request, "Host");
        checkOnce(request, "Origin");
        if (request.headers().contains("Content-Length") && request.headers().contains("Transfer-Encoding")) {
            throw ApiException.badRequest("A request must not have both Content-Length and Transfer-Encoding.", null, null);
        }
        if (!request.uri().startsWith("/")) {
            throw ApiException.badRequest("The target of a request must be a path.", null, null);
        }
        String host = Optional.ofNullable(request.getHeader("Host")).orElse("").toLowerCase(Locale.ROOT);
        if (access.loopback() && !isOwn(host)) {
            throw ApiException.forbidden("This server answers to a loopback name and its own port only.");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !origin.toLowerCase(Locale.ROOT).equals("http://" + host)) {
            throw ApiException.forbidden("This server does not answer to other origins.");
        }
    }

    private static void checkOnce(HttpServerRequest request, String header) {
        if (request.headers().getAll(header).size() > 1) {
            throw ApiException.badRequest("A request must not have the header " + header + " twice.", null, null);
        }
    }

    private boolean isOwn(String host) {
        String suffix = ":" + port.getAsInt();
        return host.endsWith(suffix) && ownNames.contains(host.substring(0, host.length() - suffix.length()));
    }

    /** @throws ApiException 401 if the key is missing or wrong */
    void checkKey(HttpServerRequest request) {
        if (!access.requireKey()) {
            return;
        }
        String key = key(request);
        if (key.isEmpty()) {
            throw ApiException.unauthorized("You didn't provide an API key. You need to provide your API key in an "
                    + "Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).");
        }
        if (access.apiKey() != null && !same(key, access.apiKey())) {
            throw ApiException.unauthorized("Incorrect API key provided.");
        }
    }

    /** A bearer token, or Azure's header. */
    private static String key(HttpServerRequest request) {
        String authorization = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        if (authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return authorization.substring(BEARER.length()).trim();
        }
        return Optional.ofNullable(request.getHeader("api-key")).orElse("").trim();
    }

    /** Compares in a time that does not tell where the texts differ. */
    static boolean same(String text, String other) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
