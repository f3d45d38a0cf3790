package io.quarkiverse.openai.batch.emulator;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.emulator.api.Backend;
import io.quarkiverse.openai.batch.emulator.control.Faults;
import io.quarkiverse.openai.batch.emulator.control.ForeignBatches;
import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.emulator.control.RequestLog;
import io.quarkiverse.openai.batch.emulator.file.StoredFile;
import io.quarkiverse.openai.batch.emulator.http.EmulatorServer;

/** A running Batch API server. What its methods control is controlled over HTTP too: see the package's description. */
public final class Emulator implements AutoCloseable {

    private static final int TOKEN_BYTES = 16;

    private final EmulatorOptions options;
    private final String controlToken = newToken();
    private final Backend backend;
    private final EmulatorServer server;

    private Emulator(EmulatorOptions options) {
        this.options = options;
        this.backend = Backend.of(options, new EmulatorClock(options.clock()));
        this.server = startServer();
    }

    private EmulatorServer startServer() {
        try {
            return EmulatorServer.start(options, backend, this);
        } catch (RuntimeException e) {
            backend.files().close();
            throw e;
        }
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
        return backend.clock();
    }

    public Limits limits() {
        return backend.limits().get();
    }

    /** Changes what is refused from now on. */
    public void limits(Limits limits) {
        backend.limits().set(limits);
    }

    /** Where misbehaviour is told. */
    public Faults faults() {
        return backend.faults();
    }

    /** Which lines were executed how often, up to now; ask again after time has passed. */
    public Ledger ledger() {
        backend.catchUp();
        return backend.ledger();
    }

    /** The requests to the API. */
    public RequestLog requests() {
        return backend.requests();
    }

    /**
     * Creates batches of somebody else.
     *
     * @throws IllegalArgumentException if one of the statuses is none
     */
    public void addForeignBatches(ForeignBatches batches) {
        backend.batches().create(batches, clock().instant());
    }

    /**
     * The true state of all batches, newest first, whatever the API shows; {@code foreign} tells whether somebody else made
     * them.
     */
    public List<JsonNode> batches() {
        backend.catchUp();
        Instant now = clock().instant();
        return backend.batches().all()
                .map(batch -> (JsonNode) batch.toJson(now, true).put("foreign", batch.foreign())).toList();
    }

    /** All files, newest first, whatever the API shows. */
    public List<JsonNode> files() {
        backend.catchUp();
        return backend.files().list(null, true, clock().instant()).map(StoredFile::toJson).map(JsonNode.class::cast).toList();
    }

    /** Forgets all files, batches, faults, ledger entries and requests; limits and time stay. */
    public void reset() {
        backend.reset();
    }

    /** Stops listening, and deletes the files if they are in a temporary directory. */
    @Override
    public void close() {
        server.close();
        backend.files().close();
    }
}
