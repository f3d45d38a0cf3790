package io.quarkiverse.openai.batch.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A plain HTTP client of an emulator. */
final class Client {

    static final ObjectMapper MAPPER = new ObjectMapper();
    static final String BOUNDARY = "a-boundary-that-no-line-contains";

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI baseUrl;

    Client(Emulator emulator) {
        this(emulator.baseUrl());
    }

    Client(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer sk-test");
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) {
        return send(request(path));
    }

    HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    HttpResponse<String> post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Uploads a file of purpose {@code batch}, and returns its id. */
    String upload(String content) {
        HttpResponse<String> response = upload(content, "input.jsonl", Map.of("purpose", "batch"));
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
        return json(response).get("id").asText();
    }

    HttpResponse<String> upload(String content, String filename, Map<String, String> fields) {
        return uploadMultipart(multipart(content, filename, fields));
    }

    HttpResponse<String> uploadMultipart(String multipartBody) {
        return send(uploadRequest(BodyPublishers.ofString(multipartBody)));
    }

    HttpRequest.Builder uploadRequest(BodyPublisher body) {
        return request("/files").header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY).POST(body);
    }

    static String multipart(String content, String filename, Map<String, String> fields) {
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append(fieldPart(name, value)));
        body.append(filePartHead(filename)).append(content).append(multipartEnd());
        return body.toString();
    }

    static String fieldPart(String name, String value) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    static String filePartHead(String filename) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\""
                + (filename == null ? "" : "; filename=\"" + filename + "\"")
                + "\r\nContent-Type: application/jsonl\r\n\r\n";
    }

    static String multipartEnd() {
        return "\r\n--" + BOUNDARY + "--\r\n";
    }

    String createBatch(String inputFileId, String endpoint) {
        HttpResponse<String> response = post("/batches", createBody(inputFileId, endpoint));
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
        return json(response).get("id").asText();
    }

    static String createBody(String inputFileId, String endpoint) {
        return """
                {"input_file_id":"%s","endpoint":"%s","completion_window":"24h"}""".formatted(inputFileId, endpoint);
    }

    /** Uploads lines and makes a batch of them for chat completions. */
    String createChatBatch(String lines) {
        return createBatch(upload(lines), "/v1/chat/completions");
    }

    JsonNode batch(String id) {
        return json(get("/batches/" + id));
    }

    List<JsonNode> contentLines(String fileId) {
        List<JsonNode> lines = new ArrayList<>();
        get("/files/" + fileId + "/content").body().lines().forEach(line -> lines.add(json(line)));
        return lines;
    }

    /** The result lines of an output or error file by custom_id. */
    Map<String, JsonNode> results(String fileId) {
        Map<String, JsonNode> results = new LinkedHashMap<>();
        contentLines(fileId).forEach(line -> results.put(line.get("custom_id").asText(), line));
        return results;
    }

    static String chatLines(int count) {
        StringBuilder lines = new StringBuilder();
        for (int number = 1; number <= count; number++) {
            lines.append(chatLine("line-" + number, "Text " + number)).append('\n');
        }
        return lines.toString();
    }

    static String chatLine(String customId, String text) {
        return line(customId, "/v1/chat/completions", """
                {"model":"gpt-test","messages":[{"role":"system","content":"Echo."},{"role":"user","content":%s}]}"""
                .formatted(MAPPER.valueToTree(text)));
    }

    static String line(String customId, String url, String body) {
        return """
                {"custom_id":"%s","method":"POST","url":"%s","body":%s}""".formatted(customId, url, body);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
