package io.quarkiverse.openai.batch.runtime.job.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.database.SharedJobs.Member;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

/** The one window in which a batch is created twice: nothing on this side can take back a call that is about to be sent. */
@Timeout(120)
class AProcessHaltedBeforeItsCallMakesATwinTest {

    private static final String JOB = "numbers";

    private final SharedJobs shared = new SharedJobs(Postgres.url());
    private final CountDownLatch halted = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);

    @AfterEach
    void close() {
        goesOn.countDown();
        shared.close();
    }

    /** Between the check of the lease and the call; other processes call the provider meanwhile. */
    private void halt() {
        shared.calls.unlock();
        try {
            halted.countDown();
            goesOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            shared.calls.lock();
        }
    }

    @Test
    void itIsCancelledAndBothAreCollectedAndTheReportSaysSo() throws Exception {
        Member slow = shared.start();
        shared.provider.before(Verb.CREATE, this::halt);
        slow.submit(JOB, 3);
        shared.until("it is about to create", () -> halted.getCount() == 0);
        Member other = shared.start();
        slow.cut = true;
        shared.clock.advance(shared.settings.lease());
        shared.until("the other one creates the batch", () -> shared.provider.batches().size() == 1);
        RemoteBatch batch = shared.provider.batches().get(0);
        shared.until("and watches it", () -> other.store.chunk(JOB, 1).orElseThrow().state() == ChunkState.WATCHED);

        // the provider runs a line of the twin until it is cancelled
        shared.provider.before(Verb.STOP, () -> twins(batch)
                .forEach(twin -> shared.provider.end(twin.id(), State.CANCELLED, 1, 0)));
        slow.cut = false;
        goesOn.countDown();
        shared.until("the twin is cancelled", () -> twins(batch).stream().anyMatch(twin -> twin.is(State.CANCELLED)));
        assertThat(shared.provider.batches()).hasSize(2).extracting(RemoteBatch::inputFile).containsOnly(batch.inputFile());

        JobReport report = shared.finish(other, JOB);
        assertThat(report.state()).isEqualTo(JobState.FINISHED);
        assertThat(report.count(Outcome.SUCCEEDED)).isEqualTo(3);
        assertThat(report.sending().duplicates()).isEqualTo(1);
        assertThat(report.results().ignored()).isEqualTo(1);
        assertThat(shared.provider.paid()).containsEntry("line-0", 2).containsEntry("line-1", 1).containsEntry("line-2", 1);
    }

    private List<RemoteBatch> twins(RemoteBatch batch) {
        return shared.provider.batches().stream().filter(other -> !other.id().equals(batch.id())).toList();
    }
}
