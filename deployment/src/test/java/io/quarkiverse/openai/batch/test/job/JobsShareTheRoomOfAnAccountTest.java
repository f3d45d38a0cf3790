package io.quarkiverse.openai.batch.test.job;

import static io.quarkiverse.openai.batch.test.job.JobBench.LINES_A_CHUNK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.emulator.control.Limits;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.Outcome;

/** A line of the tests has two or three prompt tokens, as the emulator counts them, and a chunk a hundred lines. */
class JobsShareTheRoomOfAnAccountTest extends JobTest {

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
            String name = "priority-" + priority;
            jobs.add(bench.runner().submit(JobBench.spec(name, 150).priority(priority)
                    .requests(() -> JobBench.requests(150)
                            .map(request -> BatchRequest.chat(name + request.customId(), "gpt-6-luna", "Number")))));
        }
        List<JobReport> reports = jobs.stream().map(bench::await).toList();
        assertThat(reports).allSatisfy(report -> {
            assertThat(report.state()).isEqualTo(JobState.FINISHED);
            assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(150);
        });
        assertThat(
                reports.stream().sorted(Comparator.comparing(report -> report.times().endedAt())).map(JobReport::name).toList())
                .containsExactly("priority-3", "priority-2", "priority-1");
        assertThat(bench.ledger().paid()).isEqualTo(3 * 150);
        assertThat(bench.ledger().paidMoreThanOnce()).isZero();
    }

    private List<String> jobsOfBatches() {
        return bench.emulator.batches().stream().sorted(Comparator.comparing(batch -> batch.path("created_at").asLong()))
                .map(batch -> batch.path("metadata").path("job").asText()).toList();
    }

    private void submit(String name, int chunks, int priority) {
        bench.runner().submit(JobBench.spec(name, chunks * LINES_A_CHUNK).priority(priority).tag("job", name));
    }

    @Test
    void jobsOfTheSamePriorityTakeTurns() {
        bench.activeBatches(1);
        submit("long", 6, 0);
        bench.until("its first batch is there", "long", report -> report.sending().batches() > 0);
        submit("short", 2, 0);
        bench.await(bench.runner().find("short").orElseThrow());
        bench.await(bench.runner().find("long").orElseThrow());
        assertThat(jobsOfBatches()).hasSize(8);
        assertThat(jobsOfBatches().subList(0, 6)).filteredOn("short"::equals).hasSize(2);
    }

    @Test
    void aJobOfHigherPriorityTakesTheNextPlace() {
        bench.activeBatches(1);
        submit("low", 6, 0);
        bench.until("its first batch is there", "low", report -> report.sending().batches() > 0);
        submit("high", 3, 1);
        bench.await(bench.runner().find("high").orElseThrow());
        bench.await(bench.runner().find("low").orElseThrow());
        assertThat(jobsOfBatches().subList(0, 6)).filteredOn("high"::equals).hasSize(3);
    }

    @Test
    void aJobThatWaitsForItsCanaryTakesNoPlace() {
        bench.activeBatches(1);
        bench.runner().submit(JobBench.spec("careful", 300).priority(1).canary(10));
        submit("other", 1, 0);
        bench.await(bench.runner().find("other").orElseThrow());
        assertThat(bench.await(bench.runner().find("careful").orElseThrow()).count(Outcome.SUCCEEDED)).isEqualTo(300);
    }
}
