package io.quarkiverse.openai.batch.emulator;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.api.Backend;
import io.quarkiverse.openai.batch.emulator.batch.Pace;
import io.quarkiverse.openai.batch.emulator.batch.Upstream;
import io.quarkiverse.openai.batch.emulator.control.EmulatorClock;
import io.quarkiverse.openai.batch.emulator.control.EmulatorControl;
import io.quarkiverse.openai.batch.emulator.control.Faults;
import io.quarkiverse.openai.batch.emulator.control.ForeignBatches;
import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.emulator.control.Limits;
import io.quarkiverse.openai.batch.emulator.control.RequestLog;
import io.quarkiverse.openai.batch.emulator.control.SentWebhook;
import io.quarkiverse.openai.batch.emulator.file.FileStore;
import io.quarkiverse.openai.batch.emulator.file.StoredFile;
import io.quarkiverse.openai.batch.emulator.http.Access;
import io.quarkiverse.openai.batch.emulator.http.EmulatorServer;

/** A running Batch API server. Its methods are available over HTTP too: see the description of the package. */
public final class Emulator implements EmulatorControl, AutoCloseable {

    private static final int TOKEN_BYTES = 16;

    private final EmulatorOptions options;
    private final String controlToken = newToken();
    private final Backend backend;
    private final EmulatorServer server;

    private Emulator(EmulatorOptions options) {
        this.options = options;
        this.backend = backendOf(options);
        this.server = startServer();
    }

    private static Backend backendOf(EmulatorOptions options) {
        Upstream upstream = options.upstream().map(base -> new Upstream(base, options.upstreamKey().orElse(null)))
                .orElse(null);
        return Backend.of(new EmulatorClock(options.clock()), options.limits(), new FileStore(options.directory().orElse(null)),
                new Pace(options.speed()), upstream, options.seed(), new RequestLog(options.requestListener()),
                options.webhook().orElse(null));
    }

    private EmulatorServer startServer() {
        try {
            return EmulatorServer.start(accessOf(options), backend, this);
        } catch (RuntimeException e) {
            backend.files().close();
            throw e;
        }
    }

    private static Access accessOf(EmulatorOptions options) {
        return new Access(options.host(), options.port(), options.loopback(), options.requireKey(),
                options.apiKey().orElse(null), options.idleTimeout());
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

    @Override
    public String controlToken() {
        return controlToken;
    }

    @Override
    public EmulatorClock clock() {
        return backend.clock();
    }

    @Override
    public double speed() {
        return backend.batches().pace().speed();
    }

    @Override
    public void speed(double speed) {
        backend.batches().pace(new Pace(OptionChecks.speed(speed)));
    }

    @Override
    public Limits limits() {
        return backend.limits().get();
    }

    @Override
    public void limits(Limits limits) {
        backend.limits().set(limits);
    }

    @Override
    public Faults faults() {
        return backend.faults();
    }

    @Override
    public Ledger ledger() {
        backend.catchUp();
        return backend.ledger();
    }

    @Override
    public RequestLog requests() {
        return backend.requests();
    }

    @Override
    public List<SentWebhook> webhooks() {
        return backend.webhooks().sent();
    }

    @Override
    public void addForeignBatches(ForeignBatches batches) {
        backend.batches().create(batches, clock().instant());
    }

    @Override
    public List<JsonNode> batches() {
        backend.catchUp();
        Instant now = clock().instant();
        return backend.batches().all()
                .map(batch -> (JsonNode) batch.toJson(now, true).put("foreign", batch.foreign())).toList();
    }

    @Override
    public List<JsonNode> files() {
        backend.catchUp();
        return backend.files().list(null, true, clock().instant()).map(StoredFile::toJson).map(JsonNode.class::cast).toList();
    }

    @Override
    public void reset() {
        backend.reset();
    }

    /** Stops listening and sending, and deletes the files if they are in a temporary directory. */
    @Override
    public void close() {
        server.close();
        backend.files().close();
    }
}
