package io.quarkiverse.openai.batch.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.DeleteFileResponse;
import io.quarkiverse.openai.batch.model.ErrorResponse;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.model.ListFilesResponse;

/**
 * Puts values of any type, size and nesting at any place of every sample. Nothing is thrown but errors of ours, no reading
 * takes longer than its size explains, and what was not touched is read as before. The system property {@code mutations} sets
 * how many there are, {@code large-mutations} how many of up to 30 MB.
 */
class AnyValueCostsOnlyItselfTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private record Sample(String name, JsonNode json, Reading reading) {
    }

    private final List<Sample> samples = samples();

    @Test
    void ofUpTo64Kilobytes() {
        int mutations = Integer.getInteger("mutations", 30_000);
        for (int seed = 0; seed < mutations; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            check(seed, random, (int) Math.pow(2, random.nextDouble() * 16));
        }
    }

    @Test
    void ofUpTo30Megabytes() {
        int mutations = Integer.getInteger("large-mutations", 5);
        for (int seed = 0; seed < mutations; seed++) {
            SplittableRandom random = new SplittableRandom(-1 - seed);
            check(-1 - seed, random, 1_000_000 + random.nextInt(29_000_000));
        }
    }

    private void check(int seed, SplittableRandom random, int size) {
        Sample sample = samples.get(random.nextInt(samples.size()));
        Mutation mutation = Mutation.of(sample.json(), random, size);
        Map<String, Object> before = sample.reading().of(bytes(sample.json()));

        Duration most = Duration.ofMillis(50 + mutation.json().length / 1_000);
        Duration taken = time(sample, mutation);
        assertThat(taken.compareTo(most) <= 0 ? taken : time(sample, mutation))
                .as("seed %d, %s, %s", seed, sample.name(), mutation).isLessThanOrEqualTo(most);
        Map<String, Object> after = sample.reading().of(mutation.json());
        if (after != null || !mutation.isTooDeep()) {
            assertThat(sample.reading().changed(before, after, mutation))
                    .as("seed %d, %s, %s: what changed", seed, sample.name(), mutation).isNull();
        }
    }

    /** Of this thread: others may have the processor in between. */
    private static Duration time(Sample sample, Mutation mutation) {
        long start = THREADS.getCurrentThreadCpuTime();
        try {
            sample.reading().of(mutation.json());
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError(sample.name() + ", " + mutation, e);
        }
        return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
    }

    private static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        wire(samples, Batch.class, "samples/openai-batch-completed.json", "samples/openai-batch-cancelling.json",
                "samples/openai-batch-validating.json", "samples/azure-batch-failed-empty-file.json",
                "samples/groq-batch-completed-errors-array.json", "samples/CONSTRUCTED-batch-failed-token-limit.json",
                "cases/complete.batch.json", "cases/expires-0.batch.json", "cases/failed-nocode.batch.json",
                "cases/failed-partial.batch.json");
        wire(samples, ListBatchesResponse.class, "samples/openai-batch-list.json", "samples/azure-batch-list-no-object.json");
        wire(samples, FileObject.class, "samples/openai-file.json", "samples/azure-file.json",
                "samples/groq-file-no-status.json");
        wire(samples, ListFilesResponse.class, "samples/openai-file-list.json");
        wire(samples, DeleteFileResponse.class, "samples/openai-file-deleted.json");
        wire(samples, ErrorResponse.class, "samples/error-body-invalid-api-key.json");
        for (String file : List.of("jsonl/openai-output-chat.jsonl", "jsonl/openai-error-lines.jsonl",
                "jsonl/openai-output-embeddings-truncated-vector.jsonl", "jsonl/constructed-output-other-endpoints.jsonl",
                "cases/embeddings-several.jsonl", "cases/text-and-tool-call.jsonl", "cases/cut-answers.jsonl")) {
            lines(samples, new Reading.ResultLine(), file);
        }
        for (String file : List.of("jsonl/openai-input-chat.jsonl", "jsonl/openai-input-moderations.jsonl",
                "jsonl/azure-input-responses.jsonl")) {
            lines(samples, new Reading.RequestLine(), file);
        }
        return samples;
    }

    private static void wire(List<Sample> samples, Class<?> type, String... files) {
        for (String file : files) {
            samples.add(new Sample(file, json(text(file)), new Reading.Wire(type)));
        }
    }

    private static void lines(List<Sample> samples, Reading reading, String file) {
        text(file).lines().filter(line -> !line.isBlank())
                .forEach(line -> samples.add(new Sample(file, json(line), reading)));
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String file) {
        try (InputStream stream = AnyValueCostsOnlyItselfTest.class.getResourceAsStream("/" + file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
