package io.quarkiverse.openai.batch.runtime.job.admission;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.NOW;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.collected;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.creating;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.in;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.job;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.watched;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobReport.Wait;
import io.quarkiverse.openai.batch.job.JobReport.WaitsFor;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms.Guard;

class WhatAJobWaitsForTest {

    private static final JobRow READ = job("a").withSpooled();

    private static List<Wait> waits(JobRow job, ChunkRow... chunks) {
        return Waits.of(job, List.of(chunks), Prices.none());
    }

    @Test
    void theSource() {
        assertThat(waits(job("a"))).containsExactly(new Wait(WaitsFor.SOURCE, 0, NOW));
        JobRow limited = job("a", 0, new Guard(1_000_000, null, 0, 0));
        assertThat(waits(limited, chunk("a", 1))).as("which is read to its end first")
                .containsExactly(new Wait(WaitsFor.SOURCE, 1, NOW));
    }

    @Test
    void theBatchesThatRunTheLongestFirst() {
        assertThat(
                waits(READ, watched(chunk("a", 1), "b1", NOW.plusSeconds(9)), watched(chunk("a", 2), "b2", NOW.plusSeconds(5)),
                        creating(chunk("a", 3), NOW.plusSeconds(7))))
                .containsExactly(new Wait(WaitsFor.BATCH, 3, NOW.plusSeconds(5)));
    }

    @Test
    void theRoomOfTheAccountSinceItsLastBatch() {
        assertThat(waits(READ, chunk("a", 1), in(ChunkState.UPLOADED, chunk("a", 2)), in(ChunkState.ADMITTED, chunk("a", 3))))
                .containsExactly(new Wait(WaitsFor.ROOM, 3, NOW));
        assertThat(waits(READ, watched(chunk("a", 1), "b1", NOW.plusSeconds(5)), chunk("a", 2)))
                .containsExactly(new Wait(WaitsFor.ROOM, 1, NOW.plusSeconds(5)),
                        new Wait(WaitsFor.BATCH, 1, NOW.plusSeconds(5)));
    }

    @Test
    void theBudgetThatBatchesMayUse() {
        JobRow limited = job("a", 0, new Guard(15, null, 0, 0)).withSpooled();
        assertThat(waits(limited, watched(chunk("a", 1), "b1", NOW), chunk("a", 2))).extracting(Wait::what)
                .containsExactly(WaitsFor.BUDGET, WaitsFor.BATCH);
    }

    @Test
    void theCanary() {
        JobRow careful = job("a", 0, new Guard(0, null, 2, 0.1)).withSpooled();
        assertThat(waits(careful, watched(chunk("a", 1), "b1", NOW), chunk("a", 2))).extracting(Wait::what)
                .containsExactly(WaitsFor.CANARY, WaitsFor.BATCH);
    }

    @Test
    void resultsAndHandlers() {
        ChunkRow ended = in(ChunkState.ENDED, watched(chunk("a", 1), "b1", NOW));
        ended = ended.with(ended.waiting().withEndedAt(NOW.plusSeconds(60)));
        ChunkRow answered = collected(ended, Map.of(Outcome.SUCCEEDED, 2L), 1, 1);
        assertThat(waits(READ, ended)).containsExactly(new Wait(WaitsFor.RESULTS, 1, NOW.plusSeconds(60)));
        assertThat(waits(READ, answered)).containsExactly(new Wait(WaitsFor.HANDLER, 1, NOW.plusSeconds(60)));
        assertThat(waits(READ, in(ChunkState.DONE, answered))).isEmpty();
    }

    @Test
    void aPerson() {
        assertThat(waits(READ.paused("why", null), watched(chunk("a", 1), "b1", NOW))).extracting(Wait::what)
                .containsExactly(WaitsFor.PERSON);
        assertThat(waits(job("a").in(JobState.INTERRUPTED, "why"), watched(chunk("a", 1), "b1", NOW))).extracting(Wait::what)
                .containsExactly(WaitsFor.PERSON, WaitsFor.BATCH);
        assertThat(waits(READ, in(ChunkState.GONE, watched(chunk("a", 1), "b1", NOW)))).extracting(Wait::what)
                .containsExactly(WaitsFor.PERSON);
        assertThat(waits(READ.in(JobState.FINISHED, null))).isEmpty();
    }
}
