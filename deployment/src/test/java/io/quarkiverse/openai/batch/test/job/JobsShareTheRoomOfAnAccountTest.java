package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.LINES_A_CHUNK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.emulator.Limits;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkus.test.QuarkusUnitTest;

/** A line of the tests has two or three prompt tokens, as the emulator counts them, and a chunk a hundred lines. */
class JobsShareTheRoomOfAnAccountTest {

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addClasses(JobBench.class, FastClock.class))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false");

    private JobBench bench;

    @BeforeEach
    void open() {
        bench = new JobBench();
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aChunkThatIsLargerThanTheLimitIsHalvedUntilItHasRoom() {
        bench.emulator.limits(Limits.DOCUMENTED.withEnqueuedTokens(100));
        JobReport report = bench.run(LINES_A_CHUNK);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(LINES_A_CHUNK);
        assertThat(report.lines()).isEqualTo(LINES_A_CHUNK);
        assertThat(bench.inOrder()).extracting(result -> result.customId()).startsWith("line-0").endsWith("line-99");
        assertThat(bench.ledger().paidMoreThanOnce()).isZero();
    }

    @Test
    void aLineThatIsLargerThanTheLimitPausesTheJob() {
        bench.emulator.limits(Limits.DOCUMENTED.withEnqueuedTokens(1));
        BatchJob job = bench.submit(1);
        assertThatThrownBy(() -> bench.await(job)).isInstanceOf(JobStoppedException.class).hasMessageContaining("line-0");
        bench.emulator.limits(Limits.DOCUMENTED);
        job.resume();
        assertThat(bench.await(job).count(Outcome.SUCCEEDED)).isEqualTo(1);
    }

    @Test
    void threeJobsEndInTheOrderOfTheirPriorityUnderALimitBelowOneChunk() {
        bench.emulator.limits(Limits.DOCUMENTED.withEnqueuedTokens(150));
        List<BatchJob> jobs = new ArrayList<>();
        for (int priority = 1; priority <= 3; priority++) {
            jobs.add(bench.runner().submit(JobBench.spec("priority-" + priority, 150).priority(priority)));
        }
        List<JobReport> reports = jobs.stream().map(bench::await).toList();
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.state()).isEqualTo(JobState.FINISHED);
            assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(150);
        });
        assertThat(reports.stream().sorted(Comparator.comparing(JobReport::endedAt)).map(JobReport::name).toList())
                .containsExactly("priority-3", "priority-2", "priority-1");
        assertThat(bench.ledger().paid()).isEqualTo(3 * 150);
    }
}
