package io.quarkiverse.openai.batch.benchmarks.server;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/**
 * The measured parts of the API, with the same answer each time. A request that lacks a required part is refused, so that no
 * contestant sends less than the others. Uploads are counted and dropped, downloads come from the disk; memory is constant.
 */
public final class CannedServer {

    private static final String BATCH = """
            {"id":"batch_abc123","object":"batch","endpoint":"/v1/chat/completions","model":"gpt-6-luna",\
            "errors":null,"input_file_id":"file-abc123","completion_window":"24h","status":"in_progress",\
            "output_file_id":null,"error_file_id":null,"created_at":1763711533,"in_progress_at":1763711538,\
            "expires_at":1763797933,"finalizing_at":null,"completed_at":null,"failed_at":null,"expired_at":null,\
            "cancelling_at":null,"cancelled_at":null,"request_counts":{"total":100,"completed":95,"failed":5},\
            "metadata":{"customer_id":"user_123456789","batch_description":"Nightly eval job"}}""";
    private static final String FILE = """
            {"id":"file-abc123","object":"file","bytes":%d,"created_at":1763711500,"expires_at":1766303500,\
            "filename":"requests.jsonl","purpose":"batch","status":"processed"}""";
    private static final String REFUSED = """
            {"error":{"message":"%s","type":"invalid_request_error","param":null,"code":null}}""";

    private final HttpServer server;
    private final String resultFile;

    private CannedServer(HttpServer server, Path resultFile) {
        this.server = server.requestHandler(this::handle);
        this.resultFile = resultFile.toString();
    }

    /**
     * @param resultFile the content of each download
     * @return the port
     */
    public static Future<Integer> start(Vertx vertx, Path resultFile) {
        return new CannedServer(vertx.createHttpServer(), resultFile).server.listen(0, "127.0.0.1")
                .map(HttpServer::actualPort);
    }

    /** Prints its port, and serves until its standard input ends. */
    public static void main(String[] args) throws Exception {
        Vertx vertx = Vertx.vertx();
        start(vertx, Path.of(args[0])).onSuccess(port -> System.out.println("@" + port));
        System.in.transferTo(OutputStream.nullOutputStream());
        vertx.close();
    }

    private void handle(HttpServerRequest request) {
        if (!"Bearer key".equals(request.getHeader("Authorization"))) {
            refuse(request, "No key");
        } else if (request.method() == HttpMethod.GET) {
            get(request);
        } else if (request.path().equals("/v1/batches")) {
            request.body().onSuccess(body -> create(request, body));
        } else {
            upload(request);
        }
    }

    private void get(HttpServerRequest request) {
        if (request.path().endsWith("/content")) {
            request.response().putHeader("Content-Type", "application/octet-stream").sendFile(resultFile);
        } else if (request.path().equals("/v1/batches/batch_abc123")) {
            answer(request, BATCH);
        } else {
            refuse(request, "No such path");
        }
    }

    private static void create(HttpServerRequest request, Buffer body) {
        String json = body.toString(StandardCharsets.US_ASCII);
        boolean complete = json.contains("\"file-abc123\"") && json.contains("\"/v1/chat/completions\"")
                && json.contains("\"24h\"");
        if (complete) {
            answer(request, BATCH);
        } else {
            refuse(request, "Not what was to be created");
        }
    }

    private static void upload(HttpServerRequest request) {
        AtomicLong bytes = new AtomicLong();
        request.handler(part -> bytes.addAndGet(part.length()))
                .endHandler(end -> answer(request, FILE.formatted(bytes.get())));
    }

    private static void answer(HttpServerRequest request, String json) {
        request.response().putHeader("Content-Type", "application/json").end(json);
    }

    private static void refuse(HttpServerRequest request, String message) {
        request.response().setStatusCode(400).putHeader("Content-Type", "application/json").end(REFUSED.formatted(message));
    }
}
