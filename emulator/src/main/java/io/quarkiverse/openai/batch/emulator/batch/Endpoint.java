package io.quarkiverse.openai.batch.emulator.batch;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.emulator.answer.Answers;
import io.quarkiverse.openai.batch.emulator.answer.ChatAnswers;
import io.quarkiverse.openai.batch.emulator.answer.CompletionAnswers;
import io.quarkiverse.openai.batch.emulator.answer.EmbeddingAnswers;
import io.quarkiverse.openai.batch.emulator.answer.ImageAnswers;
import io.quarkiverse.openai.batch.emulator.answer.ModerationAnswers;
import io.quarkiverse.openai.batch.emulator.answer.ResponseAnswers;

/** The endpoints that a batch may call (OpenAI's batch guide, 2026-11-09: no /v1/videos, which ended on 2026-09-24). */
public enum Endpoint {

    RESPONSES("/v1/responses", true, new ResponseAnswers()),
    CHAT_COMPLETIONS("/v1/chat/completions", true, new ChatAnswers()),
    EMBEDDINGS("/v1/embeddings", true, new EmbeddingAnswers()),
    COMPLETIONS("/v1/completions", true, new CompletionAnswers()),
    MODERATIONS("/v1/moderations", false, new ModerationAnswers()),
    IMAGES_GENERATIONS("/v1/images/generations", false, new ImageAnswers()),
    IMAGES_EDITS("/v1/images/edits", false, new ImageAnswers());

    private final String path;
    private final boolean modelRequired;
    private final Answers answers;

    Endpoint(String path, boolean modelRequired, Answers answers) {
        this.path = path;
        this.modelRequired = modelRequired;
        this.answers = answers;
    }

    public String path() {
        return path;
    }

    boolean modelRequired() {
        return modelRequired;
    }

    Answers answers() {
        return answers;
    }

    public static Optional<Endpoint> of(String path) {
        return Arrays.stream(values()).filter(endpoint -> endpoint.path.equals(path)).findFirst();
    }

    /** The paths as OpenAI's messages list them. */
    public static String supported() {
        return Arrays.stream(values()).map(endpoint -> "'" + endpoint.path + "'").collect(Collectors.joining(", "));
    }
}
