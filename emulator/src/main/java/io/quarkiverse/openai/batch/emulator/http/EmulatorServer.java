package io.quarkiverse.openai.batch.emulator.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.quarkiverse.openai.batch.emulator.api.Backend;
import io.quarkiverse.openai.batch.emulator.batch.Deadline;
import io.quarkiverse.openai.batch.emulator.control.EmulatorControl;
import io.quarkiverse.openai.batch.emulator.webhook.WebhookSender;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/** The emulator's HTTP server, with a Vert.x of its own. */
public final class EmulatorServer implements AutoCloseable {

    private static final int WORKERS = 16;
    private static final int MAX_REQUEST_LINE = 8 << 10;
    /** Of all headers (OpenAI: "under 64 KiB"). */
    private static final int MAX_HEAD = 64 << 10;
    private static final int READ_SIZE = 64 << 10;
    private static final long TIMEOUT_SECONDS = 30;
    /** How long one look for webhooks may work on batches. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final HttpServer server;

    private EmulatorServer(Vertx vertx, HttpServer server) {
        this.vertx = vertx;
        this.server = server;
    }

    /** @throws UncheckedIOException if the address cannot be listened on */
    public static EmulatorServer start(Access access, Backend backend, EmulatorControl emulator) {
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(WORKERS)
                .setUseDaemonThread(true)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false).setFileCachingEnabled(false)));
        HttpServer server = vertx.createHttpServer(options(access));
        RequestGuard guard = new RequestGuard(access, server::actualPort);
        ControlApi control = new ControlApi(emulator, access.loopback());
        server.requestHandler(new ApiServer(vertx, access, backend, guard, control)::handle);
        try {
            await(server.listen());
        } catch (IOException e) {
            vertx.close();
            throw new UncheckedIOException("Cannot listen on " + access.host() + ":" + access.port(), e);
        }
        if (backend.webhooks().endpoint().isPresent()) {
            WebhookSender.start(vertx, backend.webhooks(), () -> backend.catchUp(Deadline.in(PATIENCE)));
        }
        return new EmulatorServer(vertx, server);
    }

    static HttpServerOptions options(Access access) {
        return new HttpServerOptions()
                .setHost(access.host())
                .setPort(access.port())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout((int) access.idleTimeout().toMillis())
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEAD)
                .setMaxChunkSize(READ_SIZE);
    }

    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() {
        try {
            await(vertx.close());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(Future<?> future) throws IOException {
        try {
            future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("No answer in " + TIMEOUT_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}
