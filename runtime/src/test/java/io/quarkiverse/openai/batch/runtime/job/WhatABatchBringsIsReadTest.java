package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.Counts;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.Reason;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

/** Also of a batch that failed, or whose end is spelled in an unknown way. */
class WhatABatchBringsIsReadTest extends RunnerTest {

    private String untilRunning() {
        bench.submit(3);
        bench.until("its batch runs", () -> bench.chunk(1).state() == ChunkState.WATCHED);
        return bench.provider.batches().get(0).id();
    }

    @Test
    void ofABatchThatFailedOnTheWayOnlyWhatWasNotRunIsSentAgain() {
        bench.provider.end(untilRunning(), State.FAILED, 2, 0);
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(3);
        assertThat(bench.report().sending().resent()).isEqualTo(1);
        assertEachLinePaidOnce(3);
    }

    @Test
    void aBatchWithoutFilesIsWaitedForNoLongerIfTheWallClockWasAheadWhenItEnded() {
        String id = untilRunning();
        bench.clock.jump(Duration.ofHours(20));
        bench.stop();
        bench.provider.end(id, State.COMPLETED, 0, 0);
        bench.until("it has ended", () -> bench.chunk(1).state() == ChunkState.ENDED);
        bench.stop();
        bench.clock.jump(Duration.ofHours(-20));
        bench.run(Duration.ofMinutes(5));
        assertThat(bench.report().state().isTerminal()).isFalse();
        bench.run(Duration.ofMinutes(10));
        assertThat(bench.report().state().isTerminal()).isTrue();
    }

    @Test
    void linesThatFailedForTheirOwnReasonsKeepThem() {
        bench.provider.end(untilRunning(), State.FAILED, 0, 3);
        assertThat(bench.finish().count(Outcome.FAILED)).isEqualTo(3);
        assertThat(bench.provider.batches()).hasSize(1);
        assertThat(bench.report().results().firstErrors()).anyMatch(error -> error.startsWith("400"));
    }

    @Test
    void countsThatSayMoreThanTheFilesAreAVeto() {
        String id = untilRunning();
        bench.provider.end(id, State.FAILED, 2, 0);
        bench.provider.change(id, batch -> with(batch, batch.state(), new Counts(3, 3, 0)));
        assertThat(bench.finish().state()).isEqualTo(JobState.FINISHED);
        assertThat(bench.report().count(Outcome.MISSING)).isEqualTo(1);
        assertEachLinePaidOnce(2);
    }

    @Test
    void countsWithoutAFileAreAVetoToo() {
        String id = untilRunning();
        bench.provider.refuse(id, new Reason("internal_error", "broken", 0));
        bench.provider.change(id, batch -> with(batch, State.FAILED, new Counts(3, 3, 0)));
        assertThat(bench.finish().count(Outcome.MISSING)).isEqualTo(3);
        assertThat(bench.provider.batches()).hasSize(1);
    }

    private static RemoteBatch with(RemoteBatch batch, State state, Counts counts) {
        return new RemoteBatch(batch.id(), state, batch.status(), batch.inputFile(), batch.createdAt(), null, counts,
                batch.outputFile(), batch.errorFile(), batch.reasons());
    }

    @Test
    void aBatchThatRanNothingPausesWithItsReasonAndIsCreatedAgainOnResume() {
        bench.provider.refuse(untilRunning(), new Reason("model_not_found", "no such model", 0));
        bench.until("it waits for a person", () -> bench.report().state() == JobState.PAUSED);
        assertThat(bench.report().reason()).contains("model_not_found (no such model)");
        bench.job().resume();
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(3);
        assertEachLinePaidOnce(3);
    }

    @Test
    void anUnknownStatusWithEverythingElseOfAnEndIsOneAfterTheSettleTime() {
        String id = untilRunning();
        bench.provider.view = batch -> batch.hasEnded() ? with(batch, State.SEEMS_ENDED, batch.counts()) : batch;
        bench.provider.end(id, State.COMPLETED, 3, 0);
        Instant start = bench.clock.instant();
        bench.until("it ends", () -> bench.report().state().isTerminal());
        assertThat(bench.report().count(Outcome.SUCCEEDED)).isEqualTo(3);
        assertThat(Duration.between(start, bench.clock.instant())).isBetween(Duration.ofMinutes(10), Duration.ofMinutes(15));
    }

    @Test
    void oneThatOnlySeemedToHaveEndedIsWatchedOn() {
        String id = untilRunning();
        RemoteBatch running = bench.provider.batches().get(0);
        bench.provider.change(id, batch -> with(batch, State.SEEMS_ENDED, new Counts(3, 3, 0)));
        bench.run(Duration.ofMinutes(8));
        bench.provider.change(id, batch -> running);
        bench.run(Duration.ofMinutes(8));
        bench.provider.change(id, batch -> with(batch, State.SEEMS_ENDED, new Counts(3, 3, 0)));
        bench.run(Duration.ofMinutes(8));
        assertThat(bench.chunk(1).state()).isEqualTo(ChunkState.WATCHED);
        bench.provider.change(id, batch -> running);
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(3);
    }
}
