package io.quarkiverse.openai.batch.runtime.webhook;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the headers of a call say of its signature (Standard Webhooks 1.0.0). They are judged before the body is read.
 *
 * @param id of the call, the same when it is sent again
 * @param timestamp as it was received, since it is signed so
 * @param signatures the candidates of version 1
 */
record SignedHeaders(String id, String timestamp, List<byte[]> signatures) {

    static final String ID = "webhook-id";
    static final String TIMESTAMP = "webhook-timestamp";
    static final String SIGNATURE = "webhook-signature";

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int LONGEST_ID = 256;
    private static final int LONGEST_TIMESTAMP = 12;
    private static final int MOST_CANDIDATES = 10;
    private static final String VERSION = "v1,";

    /**
     * Empty if a header is missing or doubled, the timestamp is no time within five minutes, or there is no signature of a
     * version that is known.
     *
     * @param headers all values of a header
     */
    static Optional<SignedHeaders> of(Function<String, List<String>> headers, Instant now) {
        String id = only(headers.apply(ID));
        String timestamp = only(headers.apply(TIMESTAMP));
        String signature = only(headers.apply(SIGNATURE));
        if (id == null || timestamp == null || signature == null || id.isEmpty() || id.length() > LONGEST_ID
                || !isNow(timestamp, now)) {
            return Optional.empty();
        }
        List<byte[]> candidates = candidates(signature);
        return candidates.isEmpty() ? Optional.empty() : Optional.of(new SignedHeaders(id, timestamp, candidates));
    }

    private static String only(List<String> values) {
        return values.size() == 1 ? values.get(0) : null;
    }

    private static boolean isNow(String timestamp, Instant now) {
        if (timestamp.isEmpty() || timestamp.length() > LONGEST_TIMESTAMP
                || !timestamp.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        return Math.abs(now.getEpochSecond() - Long.parseLong(timestamp)) <= TOLERANCE.getSeconds();
    }

    /** None if there are too many. */
    private static List<byte[]> candidates(String signature) {
        String[] parts = signature.split(" ", MOST_CANDIDATES + 1);
        List<byte[]> candidates = new ArrayList<>();
        for (String part : parts) {
            if (part.startsWith(VERSION) && parts.length <= MOST_CANDIDATES) {
                decoded(part.substring(VERSION.length())).ifPresent(candidates::add);
            }
        }
        return candidates;
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Each candidate is compared, in a time that does not depend on where they differ. */
    boolean areOf(WebhookSecret secret, byte[] body) {
        byte[] expected = secret.signature(id, timestamp, body);
        boolean signed = false;
        for (byte[] candidate : signatures) {
            signed |= MessageDigest.isEqual(expected, candidate);
        }
        return signed;
    }
}
