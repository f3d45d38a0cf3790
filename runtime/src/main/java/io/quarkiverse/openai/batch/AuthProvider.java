package io.quarkiverse.openai.batch;

import io.smallrye.mutiny.Uni;

/**
 * Where a client gets its key or token from when it is not a fixed one. A bean of this type, with {@link BatchClient} for a
 * named client, replaces the configured key.
 * <p>
 * It is asked for each request, so an implementation should keep a token until it expires. After an answer of 401 it is asked
 * once more, with {@link Request#refused()} true, and the request is repeated once.
 */
public interface AuthProvider {

    /**
     * @return the key or token, without {@code Bearer}; null for none. May be computed asynchronously, and must not block the
     *         thread
     */
    Uni<String> token(Request request);

    /**
     * What a token is asked for.
     *
     * @param clientName the name of the client; {@code <default>} for the default one
     * @param host the host that the token will be sent to
     * @param refused whether the token given before was answered with 401
     */
    record Request(String clientName, String host, boolean refused) {
    }
}
