package io.quarkiverse.openai.batch.runtime.app;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.log.TimeText;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Checks of settings. Each throws a {@link ConfigurationException} that names the key and says what it takes.
 */
public final class Checks {

    private static final int LARGEST_PORT = 65_535;

    private final String keyPrefix;

    /**
     * @param keyPrefix what stands before each key in a message
     */
    public Checks(String keyPrefix) {
        this.keyPrefix = keyPrefix;
    }

    public String key(String key) {
        return keyPrefix + key;
    }

    /** A base URL, returned without slashes at its end. */
    public URI uri(String url) {
        try {
            URI uri = new URI(url.strip().replaceAll("/+$", ""));
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getUserInfo() == null;
            if (http && uri.getHost() != null && bare && uri.getPort() <= LARGEST_PORT && uri.getPort() != 0) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new ConfigurationException("%s must be an http or https URL such as https://api.openai.com/v1, with a port up to "
                .formatted(key("base-url")) + LARGEST_PORT + ", without user, query or fragment, but is \""
                + withoutSecrets(url) + "\"");
    }

    private static String withoutSecrets(String url) {
        return SafeText.of(url.replaceAll("//[^/@]*@", "//****@").replaceAll("\\?.*", "?****"), 200);
    }

    public void header(String name, String value) {
        try {
            CallOptions.of().withHeader(name, value);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("%s is not a valid header: %s"
                    .formatted(key("headers.\"" + SafeText.of(name, 100) + "\""), e.getMessage()));
        }
    }

    public String path(String key, String path) {
        if (!path.matches("(/[A-Za-z0-9._~%-]+)+")) {
            throw new ConfigurationException("%s must be a path such as /batches, without a slash at its end, but is \"%s\""
                    .formatted(key(key), SafeText.of(path, 200)));
        }
        return path;
    }

    public Duration positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new ConfigurationException("%s must be positive, but is %s".formatted(key(key), TimeText.of(value)));
        }
        return value;
    }

    public long notNegative(String key, long value) {
        if (value < 0) {
            throw new ConfigurationException("%s must not be negative, but is %d".formatted(key(key), value));
        }
        return value;
    }

    public long atLeastOne(String key, long value) {
        if (value < 1) {
            throw new ConfigurationException("%s must be 1 or more, but is %d".formatted(key(key), value));
        }
        return value;
    }

    public BigDecimal price(String key, BigDecimal price) {
        if (price.signum() < 0) {
            throw new ConfigurationException("%s cannot be less than 0, but is %s".formatted(key(key), price));
        }
        return price;
    }
}
