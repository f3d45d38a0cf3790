package io.quarkiverse.openai.batch.benchmarks.ours;

import java.io.InputStream;

import io.quarkiverse.openai.batch.benchmarks.data.ResultSink;
import io.quarkiverse.openai.batch.benchmarks.work.ResultReading;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ChatCompletion;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.jsonl.Usage;

public final class ResultsOfJsonl implements ResultReading {

    @Override
    public void read(InputStream in, ResultSink sink) {
        JsonlReader.results(in).forEach(result -> pass(result, sink));
    }

    public static void pass(BatchResult result, ResultSink sink) {
        ChatCompletion body = (ChatCompletion) result.body();
        Usage usage = result.usage();
        sink.line(result.customId(), body.model(), body.choices().get(0).finishReason(), body.text(),
                new ResultSink.Tokens(usage.inputTokens(), usage.outputTokens(), usage.totalTokens(), usage.cachedTokens(),
                        usage.reasoningTokens()));
    }
}
