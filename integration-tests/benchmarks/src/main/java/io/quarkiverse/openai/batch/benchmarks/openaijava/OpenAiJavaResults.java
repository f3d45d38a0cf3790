package io.quarkiverse.openai.batch.benchmarks.openaijava;

import java.io.IOException;
import java.io.InputStream;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.completions.CompletionUsage;

import io.quarkiverse.openai.batch.benchmarks.data.ResultLine;
import io.quarkiverse.openai.batch.benchmarks.data.ResultSink;
import io.quarkiverse.openai.batch.benchmarks.work.ResultReading;

/** It has a type for the body, not for the line. */
public final class OpenAiJavaResults implements ResultReading {

    private static final ObjectReader READER = ObjectMappers.jsonMapper()
            .readerFor(new TypeReference<ResultLine<ChatCompletion>>() {
            });

    @Override
    public void read(InputStream in, ResultSink sink) throws IOException {
        MappingIterator<ResultLine<ChatCompletion>> lines = READER.readValues(in);
        while (lines.hasNextValue()) {
            pass(lines.nextValue(), sink);
        }
    }

    private static void pass(ResultLine<ChatCompletion> line, ResultSink sink) {
        ChatCompletion body = line.response().body();
        ChatCompletion.Choice choice = body.choices().get(0);
        CompletionUsage usage = body.usage().orElseThrow();
        sink.line(line.customId(), body.model(), choice.finishReason().asString(), choice.message().content().orElseThrow(),
                new ResultSink.Tokens(usage.promptTokens(), usage.completionTokens(), usage.totalTokens(),
                        usage.promptTokensDetails().orElseThrow().cachedTokens().orElseThrow(),
                        usage.completionTokensDetails().orElseThrow().reasoningTokens().orElseThrow()));
    }
}
