package io.quarkiverse.openai.batch.emulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import io.quarkiverse.openai.batch.emulator.control.EmulatorClock;
import io.quarkiverse.openai.batch.emulator.control.Limits;
import io.quarkiverse.openai.batch.emulator.control.RecordedRequest;
import io.quarkiverse.openai.batch.emulator.webhook.WebhookEndpoint;

/**
 * Options of an {@link Emulator}.
 *
 * @see #builder()
 */
public final class EmulatorOptions {

    private final Builder values;
    private final boolean loopback;
    private final WebhookEndpoint webhook;

    private EmulatorOptions(Builder values) {
        this.values = values;
        this.loopback = OptionChecks.isLoopback(values.host);
        this.webhook = OptionChecks.webhook(values.webhook, values.webhookSecret);
    }

    /** Options with every default. */
    public static EmulatorOptions defaults() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    /** See {@link Builder#host}. */
    public String host() {
        return values.host;
    }

    /** See {@link Builder#port}. */
    public int port() {
        return values.port;
    }

    /** See {@link Builder#apiKey}. */
    public Optional<String> apiKey() {
        return Optional.ofNullable(values.apiKey);
    }

    /** See {@link Builder#requireKey}. */
    public boolean requireKey() {
        return values.requireKey;
    }

    /** See {@link Builder#speed}. */
    public double speed() {
        return values.speed;
    }

    /** See {@link Builder#directory}. */
    public Optional<Path> directory() {
        return Optional.ofNullable(values.directory);
    }

    /** See {@link Builder#requestListener}. */
    public Consumer<RecordedRequest> requestListener() {
        return values.requestListener;
    }

    /** See {@link Builder#clock}. */
    public InstantSource clock() {
        return values.clock;
    }

    /** See {@link Builder#limits}. */
    public Limits limits() {
        return values.limits;
    }

    /** See {@link Builder#upstream}. */
    public Optional<URI> upstream() {
        return Optional.ofNullable(values.upstream);
    }

    /** See {@link Builder#upstreamKey}. */
    public Optional<String> upstreamKey() {
        return Optional.ofNullable(values.upstreamKey);
    }

    /** See {@link Builder#seed}. */
    public long seed() {
        return values.seed;
    }

    /** See {@link Builder#idleTimeout}. */
    public Duration idleTimeout() {
        return values.idleTimeout;
    }

    /** See {@link Builder#webhook}. */
    public Optional<WebhookEndpoint> webhook() {
        return Optional.ofNullable(webhook);
    }

    /** Whether the secret of webhooks is a random one, which the receiver has to be told. */
    public boolean newWebhookSecret() {
        return values.webhookSecret == null;
    }

    /** Whether only this machine can reach the emulator. Off loopback there is no control interface over HTTP. */
    public boolean loopback() {
        return loopback;
    }

    /** Collects options; {@link #build} checks them. */
    public static final class Builder {

        private String host = "127.0.0.1";
        private int port;
        private String apiKey;
        private boolean requireKey = true;
        private double speed = 100;
        private Path directory;
        private InstantSource clock = InstantSource.system();
        private Limits limits = Limits.DOCUMENTED;
        private URI upstream;
        private String upstreamKey;
        private long seed;
        private Consumer<RecordedRequest> requestListener = request -> {
        };
        private Duration idleTimeout = Duration.ofSeconds(75);
        private URI webhook;
        private String webhookSecret;

        private Builder() {
        }

        /** The address to listen on. Default 127.0.0.1; any other than loopback needs {@link #apiKey}. */
        public Builder host(String host) {
            this.host = host;
            return this;
        }

        /** The port to listen on. Default 0: a free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** The only key that is accepted. Default null: any that is not empty. */
        public Builder apiKey(String apiKey) {
            this.apiKey = apiKey;
            return this;
        }

        /** Whether a request without a key is refused with 401 {@code invalid_api_key}. Default true. */
        public Builder requireKey(boolean requireKey) {
            this.requireKey = requireKey;
            return this;
        }

        /**
         * How fast batches move. 1 is like a slow provider: 5 s of validating, 100 lines a second, 5 s of finalizing, 5 s of
         * cancelling; 100, the default, is a hundred times as fast. At least 0.000001.
         */
        public Builder speed(double speed) {
            this.speed = speed;
            return this;
        }

        /** Where files are kept; it is created if need be. Default null: a temporary directory that is deleted on close. */
        public Builder directory(Path directory) {
            this.directory = directory;
            return this;
        }

        /** The time. Default: the system's. One that stands still makes a run deterministic; see {@link EmulatorClock}. */
        public Builder clock(InstantSource clock) {
            this.clock = Objects.requireNonNull(clock);
            return this;
        }

        /** What is refused. Default {@link Limits#DOCUMENTED}. */
        public Builder limits(Limits limits) {
            this.limits = Objects.requireNonNull(limits);
            return this;
        }

        /**
         * Base URL of an OpenAI-compatible server that answers the lines, such as {@code http://127.0.0.1:11434/v1}. Default
         * null: the emulator answers them.
         */
        public Builder upstream(URI upstream) {
            this.upstream = upstream;
            return this;
        }

        /** Bearer key for the upstream. Default null: none. Over plain http it goes to loopback only. */
        public Builder upstreamKey(String upstreamKey) {
            this.upstreamKey = upstreamKey;
            return this;
        }

        /** Seed of everything that is random in misbehaviour. Default 0. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        /**
         * Gets each request to the API when it is answered, or ends without an answer; it must return at once. Requests hold no
         * body and no secret. Default: nothing.
         */
        public Builder requestListener(Consumer<RecordedRequest> requestListener) {
            this.requestListener = Objects.requireNonNull(requestListener);
            return this;
        }

        /**
         * The time without a byte after which a connection is closed, unless a fault keeps it open. Default 75 s, longer than
         * clients keep idle connections.
         */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = idleTimeout;
            return this;
        }

        /**
         * The http or https URL that is told when a batch has ended, without a user. Default null: none. The emulator then
         * moves batches by itself, not only when somebody looks.
         */
        public Builder webhook(URI webhook) {
            this.webhook = webhook;
            return this;
        }

        /** What signs webhooks: {@code whsec_} and 24 to 64 bytes in Base64. Default null: a random one. */
        public Builder webhookSecret(String webhookSecret) {
            this.webhookSecret = webhookSecret;
            return this;
        }

        /**
         * @throws IllegalArgumentException if a value makes no sense, or if the emulator could be reached from other machines
         *         without a key
         */
        public EmulatorOptions build() {
            OptionChecks.require(host != null && !host.isBlank(), "The host must not be blank");
            OptionChecks.require(port >= 0 && port <= 65_535, "The port must be 0 to 65535, not " + port);
            OptionChecks.speed(speed);
            OptionChecks.require(idleTimeout.toMillis() > 0 && idleTimeout.toMillis() <= Integer.MAX_VALUE,
                    "The idle time-out must be positive, and less than 24 days");
            OptionChecks.require(apiKey == null || !apiKey.isBlank(), "The key must not be blank");
            EmulatorOptions options = new EmulatorOptions(copy());
            OptionChecks.require(options.loopback || apiKey != null && requireKey,
                    "Listening on " + host + ", beyond loopback, needs a key");
            OptionChecks.upstream(upstream, upstreamKey);
            return options;
        }

        private Builder copy() {
            Builder copy = new Builder();
            copy.host = host;
            copy.port = port;
            copy.apiKey = apiKey;
            copy.requireKey = requireKey;
            copy.speed = speed;
            copy.directory = directory;
            copy.clock = clock;
            copy.limits = limits;
            copy.upstream = upstream;
            copy.upstreamKey = upstreamKey;
            copy.seed = seed;
            copy.idleTimeout = idleTimeout;
            copy.requestListener = requestListener;
            copy.webhook = webhook;
            copy.webhookSecret = webhookSecret;
            return copy;
        }
    }
}
