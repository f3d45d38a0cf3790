package io.quarkiverse.openai.batch.benchmarks.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Result lines of chat completions in the form that OpenAI sends them, always the same ones. */
public final class ResultFile {

    private static final ObjectMapper RAW = new ObjectMapper();
    private static final ObjectMapper ESCAPED = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final String MODEL = "gpt-6-luna";

    private ResultFile() {
    }

    /**
     * Writes lines until the file has at least the given number of bytes.
     *
     * @return the totals that a reader must find in it
     */
    public static Tally write(Path file, Answers answers, long bytes) throws IOException {
        return write(file, answers, bytes, (customId, model, finishReason, text, tokens) -> {
        });
    }

    /**
     * @param expected receives the values that a reader must find in each line
     */
    public static Tally write(Path file, Answers answers, long bytes, ResultSink expected) throws IOException {
        Tally.Sum sum = new Tally.Sum();
        ResultSink both = sum.and(expected);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            long written = 0;
            for (int i = 0; written < bytes; i++) {
                byte[] line = line(i, answers.get(i), both).getBytes(StandardCharsets.UTF_8);
                out.write(line);
                written += line.length;
            }
        }
        return sum.tally();
    }

    /**
     * Writes the results of some lines of a job.
     *
     * @param first the first of them, counted from 0
     */
    public static void write(Path file, Answers answers, int first, int lines) throws IOException {
        ResultSink nothing = (customId, model, finishReason, text, tokens) -> {
        };
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = first; i < first + lines; i++) {
                out.write(line(i, answers.get(i), nothing).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String line(int index, String text, ResultSink expected) {
        Random random = new Random(index);
        int prompt = 100 + random.nextInt(2_000);
        int completion = 10 + random.nextInt(1_500);
        int cached = random.nextInt(3) * 64;
        int reasoning = random.nextInt(5) * 64;
        String customId = Prompts.customId(index);
        String finishReason = index % 50 == 0 ? "length" : "stop";
        expected.line(customId, MODEL, finishReason, text,
                new ResultSink.Tokens(prompt, completion, prompt + completion, cached, reasoning));
        return """
                {"id": "batch_req_%016x%016x", "custom_id": "%s", "response": {"status_code": 200, "request_id": "%016x%016x", \
                "body": {"id": "chatcmpl-%016x", "object": "chat.completion", "created": %d, "model": "%s", "choices": [{"index": 0, \
                "message": {"role": "assistant", "content": %s, "refusal": null, "annotations": []}, "logprobs": null, \
                "finish_reason": "%s"}], "usage": {"prompt_tokens": %d, "completion_tokens": %d, "total_tokens": %d, \
                "prompt_tokens_details": {"cached_tokens": %d, "audio_tokens": 0}, "completion_tokens_details": \
                {"reasoning_tokens": %d, "audio_tokens": 0, "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}}, \
                "service_tier": "default", "system_fingerprint": null}}, "error": null}
                """
                .formatted(random.nextLong(), random.nextLong(), customId, random.nextLong(), random.nextLong(),
                        random.nextLong(), 1_763_700_000 + index, MODEL, json(text, index % 2 == 0), finishReason, prompt,
                        completion,
                        prompt + completion, cached, reasoning);
    }

    /** Providers send letters outside ASCII as UTF-8 or escaped: here every second line has them escaped. */
    private static String json(String text, boolean escaped) {
        try {
            return (escaped ? ESCAPED : RAW).writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
