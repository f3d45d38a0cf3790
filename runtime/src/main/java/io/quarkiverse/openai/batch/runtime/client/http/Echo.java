package io.quarkiverse.openai.batch.runtime.client.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;

/**
 * Cuts the secrets of a request out of its response: providers and gateways repeat keys in messages, codes and ids, from where
 * they would get into exceptions, logs and rows.
 */
final class Echo {

    private static final String MASK = "****";
    private static final int SHORTEST = 8;
    private static final Pattern KEYS = Pattern.compile("(?i:\\bBearer)\\s+\\S+|\\bsk-[A-Za-z0-9_-]{8,}");

    private final List<String> secrets;

    /**
     * @param headers values of secret headers, such as {@code Bearer KEY}
     */
    Echo(List<String> headers) {
        this.secrets = headers.stream().flatMap(value -> Stream.of(value, value.substring(value.lastIndexOf(' ') + 1)))
                .filter(secret -> secret.length() >= SHORTEST).toList();
    }

    /** A text without the secrets of the request, and without what looks like a key. */
    String cutFrom(String text) {
        return text == null ? null : withoutKeys(cut(text));
    }

    /** JSON without the secrets of the request. */
    byte[] cutFrom(byte[] json) {
        String text = new String(json, StandardCharsets.ISO_8859_1);
        String cut = cut(text);
        return cut.equals(text) ? json : cut.getBytes(StandardCharsets.ISO_8859_1);
    }

    ApiError cutFrom(ApiError error) {
        return error == null ? null
                : new ApiError(cutFrom(error.type()), cutFrom(error.message()), cutFrom(error.param()), cutFrom(error.code()));
    }

    private String cut(String text) {
        String cut = text;
        for (String secret : secrets) {
            cut = cut.replace(secret, MASK);
        }
        return cut;
    }

    static String withoutKeys(String text) {
        return KEYS.matcher(text).replaceAll(MASK);
    }
}
