package io.quarkiverse.openai.batch.benchmarks.simpleopenai;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import io.github.sashirestela.cleverclient.util.JsonUtil;
import io.github.sashirestela.openai.common.Usage;
import io.github.sashirestela.openai.domain.chat.Chat;
import io.quarkiverse.openai.batch.benchmarks.data.ResultLine;
import io.quarkiverse.openai.batch.benchmarks.data.ResultSink;
import io.quarkiverse.openai.batch.benchmarks.work.ResultReading;

/** It has a type for the body, not for the line, and binds strings. */
public final class SimpleOpenAiResults implements ResultReading {

    @Override
    @SuppressWarnings("unchecked")
    public void read(InputStream in, ResultSink sink) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 64 << 10);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            pass((ResultLine<Chat>) JsonUtil.jsonToParametricObject(line, ResultLine.class, Chat.class), sink);
        }
    }

    private static void pass(ResultLine<Chat> line, ResultSink sink) {
        Chat body = line.response().body();
        Chat.Choice choice = body.getChoices().get(0);
        Usage usage = body.getUsage();
        sink.line(line.customId(), body.getModel(), choice.getFinishReason(), choice.getMessage().getContent(),
                new ResultSink.Tokens(usage.getPromptTokens(), usage.getCompletionTokens(), usage.getTotalTokens(),
                        usage.getPromptTokensDetails().getCachedTokens(),
                        usage.getCompletionTokensDetails().getReasoningTokens()));
    }
}
