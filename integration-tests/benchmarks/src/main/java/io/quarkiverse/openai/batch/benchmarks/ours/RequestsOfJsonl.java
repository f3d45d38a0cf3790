package io.quarkiverse.openai.batch.benchmarks.ours;

import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.benchmarks.data.Prompts;
import io.quarkiverse.openai.batch.benchmarks.work.RequestWriting;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RequestWriter;

public final class RequestsOfJsonl implements RequestWriting {

    @Override
    public void write(int lines, Path file) {
        RequestWriter.withLimits(LineLimits.OPENAI).write(requests(0, lines), file);
    }

    /**
     * @param first counted from 0
     */
    public static Stream<BatchRequest> requests(int first, int lines) {
        ChatBody template = ChatBody.of(Prompts.MODEL).system(Prompts.SYSTEM).maxCompletionTokens(Prompts.MAX_TOKENS);
        return IntStream.range(first, first + lines)
                .mapToObj(i -> BatchRequest.of(Prompts.customId(i), template.user(Prompts.user(i))));
    }
}
