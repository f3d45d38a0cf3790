package io.quarkiverse.openai.batch.test.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.core.type.TypeReference;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.ChatCompletion;
import io.quarkiverse.openai.batch.jsonl.CompletionsBody;
import io.quarkiverse.openai.batch.jsonl.EmbeddingsBody;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.ModelResponse;
import io.quarkiverse.openai.batch.jsonl.Moderations;
import io.quarkiverse.openai.batch.jsonl.ModerationsBody;
import io.quarkiverse.openai.batch.jsonl.RequestBody;
import io.quarkiverse.openai.batch.jsonl.RequestWriter;
import io.quarkiverse.openai.batch.jsonl.ResponsesBody;
import io.quarkiverse.openai.batch.jsonl.TextCompletion;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkus.test.QuarkusUnitTest;

class TypedLinesGoThroughTheEmulatorTest {

    private static final String TEXT = "Grüße, \"quoted\" — and a \u2028 line separator";

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest().withEmptyApplication()
            .overrideConfigKey("quarkus.openai-batch.devservices.speed", "1000")
            .overrideConfigKey("quarkus.openai-batch.jobs.poll-interval.min", "0.02S");

    @Inject
    @RestClient
    BatchService batches;

    @Inject
    @RestClient
    FileService files;

    /** What is asked for. */
    public record Sentiment(String label, double score, List<String> reasons) {
    }

    @Test
    void chatCompletions() throws Exception {
        BatchResult result = run(ChatBody.of("gpt-6-luna").system("Be brief.").user(TEXT));
        assertThat(result.text()).contains(TEXT);
        assertThat(result.body()).isInstanceOf(ChatCompletion.class);
        assertThat(result.usage().inputTokens()).isPositive();
        assertThat(result.usage().outputTokens()).isPositive();
    }

    @Test
    void responses() throws Exception {
        BatchResult result = run(ResponsesBody.of("gpt-6-luna").input(TEXT));
        assertThat(result.text()).contains(TEXT);
        assertThat(result.body()).isInstanceOf(ModelResponse.class);
        assertThat(result.usage().totalTokens()).isPositive();
    }

    @Test
    void completions() throws Exception {
        BatchResult result = run(CompletionsBody.of("my-model").prompt(TEXT));
        assertThat(result.text()).contains(TEXT);
        assertThat(result.body()).isInstanceOf(TextCompletion.class);
    }

    @Test
    void embeddings() throws Exception {
        BatchResult result = run(EmbeddingsBody.of("text-embedding-3-small").input(TEXT).dimensions(64));
        float[] vector = result.embedding();
        assertThat(vector).hasSize(64);
        double square = 0;
        for (float component : vector) {
            square += component * component;
        }
        assertThat(square).isCloseTo(1, within(0.001));
    }

    @Test
    void embeddingsInBase64AreTheSame() throws Exception {
        BatchResult plain = run(EmbeddingsBody.of("text-embedding-3-small").input(TEXT).dimensions(16));
        BatchResult base64 = run(EmbeddingsBody.of("text-embedding-3-small").input(TEXT).dimensions(16).base64());
        assertThat(base64.embedding()).containsExactly(plain.embedding(), within(0.000001f));
    }

    @Test
    void moderations() throws Exception {
        BatchResult result = run(ModerationsBody.of("omni-moderation-latest").input(TEXT));
        assertThat(result.body()).isInstanceOf(Moderations.class);
        assertThat(result.succeeded()).isTrue();
    }

    @Test
    void aJavaTypeAsTheAnswerOfChat() throws Exception {
        Sentiment sentiment = run(ChatBody.of("gpt-6-luna").user(TEXT).answer(Sentiment.class)).as(Sentiment.class);
        assertThat(sentiment.label()).isNotNull();
        assertThat(sentiment.reasons()).isNotNull();
    }

    @Test
    void aListOfAJavaTypeAsTheAnswerOfResponses() throws Exception {
        TypeReference<List<Sentiment>> type = new TypeReference<>() {
        };
        List<Sentiment> sentiments = run(ResponsesBody.of("gpt-6-luna").input(TEXT).answer(type)).as(type);
        assertThat(sentiments).isNotNull().allSatisfy(sentiment -> assertThat(sentiment.label()).isNotNull());
    }

    @Test
    void aMapAsTheBodyOfAnyOtherEndpoint() throws Exception {
        BatchResult result = run(BatchRequest.of("1", Endpoint.IMAGES_GENERATIONS,
                Map.of("model", "gpt-image-2.6-flare", "prompt", TEXT)), Endpoint.IMAGES_GENERATIONS);
        assertThat(result.succeeded()).isTrue();
        assertThat(result.bodyJson().has("data")).isTrue();
    }

    private BatchResult run(RequestBody<?> body) throws Exception {
        return run(BatchRequest.of("1", body), body.endpoint());
    }

    private BatchResult run(BatchRequest request, Endpoint endpoint) throws Exception {
        Path input = Files.createTempDirectory("lines").resolve("input.jsonl");
        RequestWriter.withLimits(LineLimits.OPENAI).write(Stream.of(request), input);
        Batch created = batches.createBatch(CreateBatchRequest.of(files.uploadFile(input).id(), endpoint));
        Batch batch = batches.awaitBatch(created.id(), Duration.ofMinutes(1));
        assertThat(batch.status()).as("%s", batch.errors()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(batch.outputFileId()).isNotNull();
        try (InputStream content = files.fileContent(batch.outputFileId());
                Stream<BatchResult> results = JsonlReader.results(content).stream()) {
            Map<String, BatchResult> byId = results.collect(Collectors.toMap(BatchResult::customId, Function.identity()));
            assertThat(byId).containsOnlyKeys("1");
            return byId.get("1");
        }
    }
}
