package io.quarkiverse.openai.batch.benchmarks.ours;

import java.nio.file.Path;
import java.util.stream.IntStream;

import io.quarkiverse.openai.batch.benchmarks.data.Prompts;
import io.quarkiverse.openai.batch.benchmarks.work.RequestWriting;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RequestWriter;

public final class RequestsOfJsonl implements RequestWriting {

    @Override
    public void write(int lines, Path file) {
        ChatBody template = ChatBody.of(Prompts.MODEL).system(Prompts.SYSTEM).maxCompletionTokens(Prompts.MAX_TOKENS);
        RequestWriter.withLimits(LineLimits.OPENAI).write(IntStream.range(0, lines).mapToObj(
                i -> BatchRequest.of(Prompts.customId(i), template.user(Prompts.user(i)))), file);
    }
}
