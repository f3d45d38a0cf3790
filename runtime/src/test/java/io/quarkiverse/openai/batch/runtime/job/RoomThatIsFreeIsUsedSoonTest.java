package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

/**
 * Looks that find nothing new lead to no admission. What makes room does, before the minute in which all rows are gone through.
 */
class RoomThatIsFreeIsUsedSoonTest extends RunnerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private void submitOther() {
        bench.runner().submit(JobSpec.named("other").requests(() -> IntStream.range(0, 3)
                .mapToObj(n -> BatchRequest.chat("other-" + n, "gpt-6-luna", "Number " + n))));
    }

    private List<ChunkState> statesOfOther() {
        return bench.store().chunks("other").stream().map(ChunkRow::state).toList();
    }

    @Test
    void whenTheJobIsPausedForWhichItWasKept() {
        bench.settings = bench.settings.withRoom(0, 1, 0);
        bench.provider.fail(Verb.CREATE, Kind.BUSY).fail(Verb.CREATE, Kind.BUSY).fail(Verb.CREATE, Kind.BUSY);
        bench.submit(3);
        bench.until("its next attempt is after that minute", () -> bench.provider.count(Verb.CREATE) == 3);
        submitOther();
        bench.run(Duration.ofSeconds(5));
        assertThat(statesOfOther()).containsExactly(ChunkState.UPLOADED);

        bench.job().pause();

        bench.run(SOON);
        assertThat(statesOfOther()).containsExactly(ChunkState.WATCHED);
    }

    @Test
    void whenTheUploadFailsForWhichItWasKept() {
        bench.settings = bench.settings.withRoom(0, 1, 0);
        bench.provider.refusedLine = "\"line-0\"";
        bench.provider.before(Verb.UPLOAD, () -> {
            bench.run(Duration.ofSeconds(2));
            assertThat(statesOfOther()).containsExactly(ChunkState.UPLOADED);
        });
        bench.runner().submit(JobSpec.named(RunnerBench.JOB).priority(1).requests(() -> RunnerBench.requests(3)));
        submitOther();

        bench.run(SOON);

        assertThat(bench.failures()).isEmpty();
        assertThat(bench.provider.count(Verb.UPLOAD)).isGreaterThan(2);
        assertThat(statesOfOther()).containsExactly(ChunkState.WATCHED);
    }

    @Test
    void whenABatchRunsFromItsStartWhereOneAtATimeFindsOutTheLimit() {
        bench.provider.before(Verb.CREATE, () -> {
        }).fail(Verb.CREATE, Kind.NO_ROOM).fail(Verb.CREATE, Kind.NO_ROOM).fail(Verb.CREATE, Kind.NO_ROOM);
        bench.submit(12);

        bench.run(Duration.ofSeconds(12));

        assertThat(bench.provider.count(Verb.CREATE)).isEqualTo(7);
        assertThat(bench.provider.batches()).hasSize(4);
    }

    @Test
    void whenALearnedLimitCountsNoMoreThoughTheBatchBeforeIsStillValidated() {
        bench.provider.view = batch -> new RemoteBatch(batch.id(), State.VALIDATING, "validating", batch.inputFile(),
                batch.createdAt(), null, null, null, null, List.of());
        bench.provider.before(Verb.CREATE, () -> {
        }).fail(Verb.CREATE, Kind.NO_ROOM);
        bench.submit(6);

        bench.run(Duration.ofDays(1).minusMinutes(1));
        assertThat(bench.provider.batches()).hasSize(1);
        bench.run(Duration.ofMinutes(3));
        assertThat(bench.provider.batches()).hasSize(2);
    }

    /** As when a process is halted after it has made room. */
    @Test
    void inAMinuteAlsoIfNothingSaysSoAndTheEndOfAnHourIsWaitedFor() {
        bench.settings = bench.settings.withBatchesPerHour(1);
        bench.submit(6);
        bench.until("a batch runs", () -> bench.provider.batches().size() == 1);
        bench.provider.complete();
        bench.run(Duration.ofMinutes(5));
        assertThat(bench.provider.batches()).hasSize(1);

        bench.settings = bench.settings.withBatchesPerHour(2);

        bench.run(Duration.ofSeconds(80));
        assertThat(bench.provider.batches()).hasSize(2);
    }
}
