package io.quarkiverse.openai.batch.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.model.Batch;

class ProgressIsShownInLinesTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void atEachChangeOfStatus() throws IOException {
        try (Progress progress = new ProgressLines(new PrintStream(out), 10)) {
            progress.show(batch("validating", 0, 0));
            progress.show(batch("in_progress", 2, 1));
            progress.show(batch("in_progress", 3, 1));
            progress.show(batch("completed", 8, 2));
        }
        assertThat(out.toString().lines()).containsExactly("validating: 0 of 10 lines done, 0 failed",
                "in_progress: 3 of 10 lines done, 1 failed", "completed: 10 of 10 lines done, 2 failed");
    }

    @Test
    void withoutCountsAndWithoutControlCharacters() throws IOException {
        try (Progress progress = new ProgressLines(new PrintStream(out), 10)) {
            progress.show(new ObjectMapper().readValue("{\"status\":\"\\u001b[2Jqueued\"}", Batch.class));
        }
        assertThat(out.toString().lines()).containsExactly("[2Jqueued: 0 of 10 lines done, 0 failed");
    }

    @Test
    void orOnABar() throws IOException {
        try (Progress progress = new ProgressBarOnTerminal(new PrintStream(out), 10)) {
            progress.show(batch("in_progress", 2, 1));
        }
        assertThat(out.toString()).contains("3/10", "in_progress, 1 failed");
    }

    private static Batch batch(String status, int completed, int failed) throws IOException {
        return new ObjectMapper().readValue("""
                {"id":"batch_1","status":"%s","request_counts":{"total":10,"completed":%d,"failed":%d}}
                """.formatted(status, completed, failed), Batch.class);
    }
}
