package io.quarkiverse.openai.batch.runtime.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.runtime.job.DirectoryRunner;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.engine.JobListener;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

/** Down only if jobs are not run although they should be. */
class TheStatusOfJobsTest {

    @TempDir
    Path directory;

    private JobRunner runner;

    private void start() {
        runner = DirectoryRunner.open(directory.resolve("jobs"), directory.resolve("scratch"), DirectoryRunner.THREADS,
                name -> {
                    throw new IllegalStateException(name);
                }, JobMethods.NONE, JobListener.NONE, Traces.NONE);
        runner.start();
    }

    private JobsStatus status() {
        return JobsStatus.of(runner, directory.resolve("jobs"), directory.resolve("jobs").toString());
    }

    @AfterEach
    void close() {
        if (runner != null) {
            runner.close();
        }
    }

    @Test
    void isUpWhileTheyRun() {
        start();

        assertThat(status().up()).isTrue();
        assertThat(status().details()).containsExactly(entry("jobs", "runs"),
                entry("directory", directory.resolve("jobs").toString()));
    }

    @Test
    void isUpWithoutJobsAndWhileAnotherProcessRunsThem() {
        assertThat(JobsStatus.unused().up()).isTrue();
        assertThat(JobsStatus.standingBy("process 7").up()).isTrue();
        assertThat(JobsStatus.standingBy("process 7").details()).containsEntry("holder", "process 7");
    }

    @Test
    void isDownWhenTheEngineHasStopped() {
        start();
        runner.environment().queue().close();

        assertThat(status().up()).isFalse();
        assertThat(status().details()).containsEntry("jobs", "the engine has stopped");
    }

    @Test
    void isDownWhenNothingCanBeWritten() throws IOException {
        start();
        Path jobs = directory.resolve("jobs");
        Files.move(jobs, directory.resolve("elsewhere"));

        assertThat(status().up()).isFalse();
        assertThat(status().details().get("jobs")).startsWith("cannot be written: ");
    }

    @Test
    void isDownWhenTheEpochHasEnded() {
        start();
        runner.close();

        assertThat(status().up()).isFalse();
        assertThat(status().details().get("jobs")).startsWith("cannot be written: ");
    }
}
