package io.quarkiverse.openai.batch.runtime.app;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;
import io.quarkus.runtime.configuration.ConfigurationException;

/** When the application gets a datasource, and jobs are stored there. */
class JobsAreNotLeftInADirectoryTest {

    @TempDir
    Path root;

    private static JobClient noClient(String name) {
        throw new ConfigurationException(name);
    }

    private void store(String name, UnaryOperator<JobRow> change) {
        try (JobStore store = new DirectoryJobStore(JobDirectory.open(root), Rows.CLOCK)) {
            store.insert(Rows.job(name));
            store.change(name, change);
        }
    }

    @Test
    void thatHaveNotEnded() {
        store("running", row -> row);
        assertThatThrownBy(() -> LeftInDirectory.requireNone(root, JobsAreNotLeftInADirectoryTest::noClient))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("\"running\"")
                .hasMessageContaining(root.toString()).hasMessageContaining("jobs.store=directory")
                .hasMessageContaining("-Dquarkus.openai-batch.jobs.move-directory=true");
    }

    @Test
    void thoseThatHaveEndedStayThere() {
        store("ended", row -> row.in(JobState.FINISHED, null).endedAt(Instant.now()).withAnnounced());
        LeftInDirectory.requireNone(root, JobsAreNotLeftInADirectoryTest::noClient);
        LeftInDirectory.requireNone(root.resolve("none"), JobsAreNotLeftInADirectoryTest::noClient);
    }
}
