package io.quarkiverse.openai.batch.emulator;

import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.openai.batch.emulator.batch.BatchStore;
import io.quarkiverse.openai.batch.emulator.batch.Pace;
import io.quarkiverse.openai.batch.emulator.batch.Upstream;
import io.quarkiverse.openai.batch.emulator.file.FileStore;
import io.quarkiverse.openai.batch.emulator.http.EmulatorServer;

/** A running Batch API server. */
public final class Emulator implements AutoCloseable {

    private static final int TOKEN_BYTES = 16;

    private final EmulatorOptions options;
    private final EmulatorClock clock;
    private final AtomicReference<Limits> limits;
    private final String controlToken = newToken();
    private final FileStore files;
    private final BatchStore batches;
    private final EmulatorServer server;

    private Emulator(EmulatorOptions options) {
        this.options = options;
        this.clock = new EmulatorClock(options.clock());
        this.limits = new AtomicReference<>(options.limits());
        this.files = new FileStore(options.directory().orElse(null));
        this.batches = new BatchStore(files, new Pace(options.speed()), limits::get, upstream(options));
        this.server = startServer();
    }

    private EmulatorServer startServer() {
        try {
            return EmulatorServer.start(options, clock, files, batches, limits::get);
        } catch (RuntimeException e) {
            files.close();
            throw e;
        }
    }

    private static Upstream upstream(EmulatorOptions options) {
        return options.upstream().map(base -> new Upstream(base, options.upstreamKey().orElse(null))).orElse(null);
    }

    private static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Starts an emulator; it listens when this returns.
     *
     * @throws java.io.UncheckedIOException if the address cannot be listened on, or the directory cannot be made
     */
    public static Emulator start(EmulatorOptions options) {
        return new Emulator(options);
    }

    /** The base URL for clients, such as {@code http://127.0.0.1:8080/v1}. */
    public URI baseUrl() {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return URI.create("http://" + host + ":" + port() + "/v1");
    }

    public int port() {
        return server.port();
    }

    /** What the control interface wants in the header {@code X-Control-Token}; a new one each start. */
    public String controlToken() {
        return controlToken;
    }

    /** The emulator's time. */
    public EmulatorClock clock() {
        return clock;
    }

    public Limits limits() {
        return limits.get();
    }

    /** Changes what is refused from now on. */
    public void limits(Limits limits) {
        this.limits.set(limits);
    }

    /** Stops listening, and deletes the files if they are in a temporary directory. */
    @Override
    public void close() {
        server.close();
        files.close();
    }
}
