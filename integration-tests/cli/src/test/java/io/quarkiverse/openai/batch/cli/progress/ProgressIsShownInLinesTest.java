package io.quarkiverse.openai.batch.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobState;

class ProgressIsShownInLinesTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void atEachChangeOfState() {
        try (Progress progress = new ProgressLines(new PrintStream(out), 10)) {
            progress.show(new JobProgress(JobState.RUNNING, 4, false, 0, 0, 1, 3, 1, 120, null));
            progress.show(new JobProgress(JobState.RUNNING, 10, true, 0, 3, 2, 3, 1, 120, null));
            progress.show(new JobProgress(JobState.CANCELLING, 10, true, 4, 3, 1, 3, 1, 120, null));
            progress.show(new JobProgress(JobState.CANCELLED, 10, true, 10, 0, 0, 3, 1, 120, null));
        }
        assertThat(out.toString().lines()).containsExactly("running: 0 of 10 lines done, 1 batch under way",
                "cancelling: 7 of 10 lines done, 1 batch under way", "cancelled: 10 of 10 lines done, 0 batches under way");
    }

    @Test
    void orOnABar() {
        try (Progress progress = new ProgressBarOnTerminal(new PrintStream(out), 10)) {
            progress.show(new JobProgress(JobState.RUNNING, 10, true, 1, 2, 2, 3, 1, 120, null));
        }
        assertThat(out.toString()).contains("3/10", "running, 2 batches");
    }
}
