package io.quarkiverse.openai.batch.emulator.batch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.answer.LineAnswer;

/** An OpenAI-compatible server that answers lines. Its URLs are made of its base and the batch's endpoint, nothing else. */
public final class Upstream {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final int MAX_ANSWER_BYTES = 32 << 20;
    private static final String VERSION = "/v1";

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final String base;
    private final String key;

    /**
     * @param base with the version, such as {@code http://127.0.0.1:11434/v1}
     * @param key bearer key, or null for none
     */
    public Upstream(URI base, String key) {
        this.base = base.toString().replaceFirst("/+$", "");
        this.key = key;
    }

    /** Never fails: a server that cannot be reached, or that answers no JSON, is a 502 of the line. */
    CompletableFuture<LineAnswer> answer(Endpoint endpoint, ObjectNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + endpoint.path().substring(VERSION.length())))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()));
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofInputStream())
                .thenApplyAsync(Upstream::read)
                .exceptionally(failure -> badGateway("The upstream did not answer."));
    }

    private static LineAnswer read(HttpResponse<InputStream> response) {
        try (InputStream stream = response.body()) {
            byte[] bytes = stream.readNBytes(MAX_ANSWER_BYTES);
            JsonNode body = Json.MAPPER.readTree(bytes);
            return body.isObject() ? new LineAnswer(response.statusCode(), body) : notJson();
        } catch (JacksonException e) {
            return notJson();
        } catch (IOException e) {
            return badGateway("The upstream's answer broke off.");
        }
    }

    private static LineAnswer notJson() {
        return badGateway("The upstream's answer is not a JSON object.");
    }

    private static LineAnswer badGateway(String message) {
        return LineAnswer.error(502, message, "server_error", null, "upstream_error");
    }
}
