package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhatIsWrittenIsReadBackTest {

    @TempDir
    Path directory;

    @Test
    void aChatRequestHasNoUnsetFields() throws Exception {
        Path file = directory.resolve("input.jsonl");

        RequestFile written = RequestWriter.withLimits(LineLimits.OPENAI)
                .write(IntStream.range(0, 3).mapToObj(i -> BatchRequest.chat("r" + i, "gpt-5-mini", "Hi \"" + i)), file);

        assertThat(Files.readAllLines(file)).hasSize(3).first().isEqualTo(
                "{\"custom_id\":\"r0\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
                        + "{\"model\":\"gpt-5-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi \\\"0\"}]}}");
        assertThat(written.lines()).isEqualTo(3);
        assertThat(written.bytes()).isEqualTo(Files.size(file));
    }
}
