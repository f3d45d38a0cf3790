package io.quarkiverse.openai.batch.benchmarks.openaijava;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.openai.core.ObjectMappers;
import com.openai.models.chat.completions.ChatCompletionCreateParams;

import io.quarkiverse.openai.batch.benchmarks.data.Prompts;
import io.quarkiverse.openai.batch.benchmarks.data.RequestLine;
import io.quarkiverse.openai.batch.benchmarks.work.RequestWriting;

/** It has a type for the body, not for the line. */
public final class OpenAiJavaRequests implements RequestWriting {

    private static final ObjectWriter WRITER = ObjectMappers.jsonMapper().writerFor(RequestLine.class)
            .withRootValueSeparator("\n")
            .without(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    @Override
    public void write(int lines, Path file) throws IOException {
        ChatCompletionCreateParams template = ChatCompletionCreateParams.builder().model(Prompts.MODEL)
                .addSystemMessage(Prompts.SYSTEM).maxCompletionTokens(Prompts.MAX_TOKENS).build();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 64 << 10)) {
            try (SequenceWriter writer = WRITER.writeValues(out)) {
                for (int i = 0; i < lines; i++) {
                    writer.write(RequestLine.of(i, template.toBuilder().addUserMessage(Prompts.user(i)).build()._body()));
                }
            }
            out.write('\n');
        }
    }
}
