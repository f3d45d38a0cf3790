package io.quarkiverse.openai.batch.benchmarks.limits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.quarkiverse.openai.batch.benchmarks.ours.Services;
import io.quarkiverse.openai.batch.benchmarks.work.AsyncBatchCalls;
import io.quarkiverse.openai.batch.benchmarks.work.BatchCalls;
import io.quarkiverse.openai.batch.benchmarks.work.BatchCalls.Answer;
import io.quarkiverse.openai.batch.model.Batch;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;

/** The HTTP client under the REST client, and Jackson. */
@Singleton
public class VertxCalls implements AsyncBatchCalls {

    private static final ObjectMapper MAPPER = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final int REST_CLIENTS_POOL = 50;

    private final Vertx vertx;
    private final HttpClient client;

    VertxCalls(Vertx vertx, @ConfigProperty(name = "benchmark.server") URI server) {
        this.vertx = vertx;
        client = vertx.createHttpClient(new HttpClientOptions().setDefaultHost(server.getHost())
                .setDefaultPort(server.getPort()).setMaxPoolSize(REST_CLIENTS_POOL));
    }

    @Override
    public CompletionStage<Answer> create() {
        return onEventLoop(() -> client.request(HttpMethod.POST, "/v1/batches").compose(request -> request
                .putHeader("Content-Type", "application/json").putHeader("Authorization", "Bearer key").send(body())));
    }

    private static Buffer body() {
        try {
            return Buffer.buffer(MAPPER.writeValueAsBytes(Services.request()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletionStage<Answer> retrieve() {
        return onEventLoop(() -> client.request(HttpMethod.GET, "/v1/batches/" + BatchCalls.BATCH)
                .map(request -> request.putHeader("Authorization", "Bearer key")).compose(HttpClientRequest::send));
    }

    /** On another thread, the body could arrive before the caller asks for it. */
    private CompletionStage<Answer> onEventLoop(Supplier<Future<HttpClientResponse>> call) {
        if (Context.isOnEventLoopThread()) {
            return answer(call.get()).toCompletionStage();
        }
        Promise<Answer> answer = Promise.promise();
        vertx.runOnContext(start -> answer(call.get()).onComplete(answer));
        return answer.future().toCompletionStage();
    }

    private static Future<Answer> answer(Future<HttpClientResponse> response) {
        return response.compose(HttpClientResponse::body).map(VertxCalls::read);
    }

    private static Answer read(Buffer body) {
        try {
            return Services.answer(MAPPER.readValue(body.getBytes(), Batch.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
