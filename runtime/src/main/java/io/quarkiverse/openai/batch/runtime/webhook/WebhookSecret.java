package io.quarkiverse.openai.batch.runtime.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key that signs webhooks. What begins with {@code whsec_} is Base64 (Standard Webhooks 1.0.0); other texts are the key
 * themselves, as in OpenAI's clients.
 */
final class WebhookSecret {

    private static final String ENCODED = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * @throws IllegalArgumentException if it is blank, or no Base64 where it should be; the message does not have it
     */
    static WebhookSecret of(String secret) {
        String text = secret.strip();
        if (text.isEmpty() || text.equals(ENCODED)) {
            throw new IllegalArgumentException("is empty");
        }
        try {
            return new WebhookSecret(text.startsWith(ENCODED) ? Base64.getDecoder().decode(text.substring(ENCODED.length()))
                    : text.getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("begins with whsec_, and is not Base64 after that");
        }
    }

    /** The signature of a call, of its id, its timestamp and its body as they were received. */
    byte[] signature(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "WebhookSecret[****]";
    }
}
