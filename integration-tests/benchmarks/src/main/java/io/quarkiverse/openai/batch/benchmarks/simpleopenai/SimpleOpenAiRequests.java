package io.quarkiverse.openai.batch.benchmarks.simpleopenai;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.sashirestela.cleverclient.util.JsonUtil;
import io.github.sashirestela.openai.domain.chat.ChatMessage.SystemMessage;
import io.github.sashirestela.openai.domain.chat.ChatMessage.UserMessage;
import io.github.sashirestela.openai.domain.chat.ChatRequest;
import io.quarkiverse.openai.batch.benchmarks.data.Prompts;
import io.quarkiverse.openai.batch.benchmarks.data.RequestLine;
import io.quarkiverse.openai.batch.benchmarks.work.RequestWriting;

/** It has a type for the body, not for the line, and makes strings. */
public final class SimpleOpenAiRequests implements RequestWriting {

    @Override
    public void write(int lines, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < lines; i++) {
                ChatRequest body = ChatRequest.builder().model(Prompts.MODEL).message(SystemMessage.of(Prompts.SYSTEM))
                        .message(UserMessage.of(Prompts.user(i))).maxCompletionTokens(Prompts.MAX_TOKENS).build();
                out.write(JsonUtil.objectToJson(RequestLine.of(i, body)));
                out.write('\n');
            }
        }
    }
}
