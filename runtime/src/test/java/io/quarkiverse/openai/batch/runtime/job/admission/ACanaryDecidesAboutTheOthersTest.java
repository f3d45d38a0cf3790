package io.quarkiverse.openai.batch.runtime.job.admission;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.child;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.collected;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.in;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.openai.batch.job.JobReport.Question;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow.Stop;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms.Guard;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;

class ACanaryDecidesAboutTheOthersTest {

    private static final ChunkRow FIRST = chunk("a", 2, 10, "model", 100);
    private static final ChunkRow OTHER = chunk("a", 3, 100, "model", 1000);

    private static JobRow job(double share) {
        return Rows.job("a", 0, new Guard(0, null, 10, share));
    }

    private static Canary canary(double share, ChunkRow... chunks) {
        return new Canary(job(share), Arrays.asList(chunks));
    }

    private static ChunkRow answered(ChunkRow chunk, long succeeded, long failed) {
        return collected(chunk, Map.of(Outcome.SUCCEEDED, succeeded, Outcome.FAILED, failed), 100, 100);
    }

    @ParameterizedTest
    @CsvSource({ "0, 0, true", "0, 1, false", "0.2, 2, true", "0.2, 3, false", "0.25, 2, true", "0.25, 3, false",
            "1, 10, true" })
    void whichFailsIfMoreOfItsLinesFailThanMay(double share, long failed, boolean passes) {
        Canary canary = canary(share, answered(FIRST, 10 - failed, failed), OTHER);
        assertThat(canary.hasPassed()).isEqualTo(passes);
        assertThat(canary.hasFailed()).isEqualTo(!passes);
    }

    @ParameterizedTest
    @EnumSource
    void whichIsCompleteWhenAllItsLinesHaveOutcomes(ChunkState state) {
        assertThat(canary(0, in(state, FIRST), OTHER).isComplete()).isEqualTo(state.isCollected());
        ChunkRow resending = answered(FIRST, 8, 0);
        assertThat(canary(0, resending, OTHER, in(state, child(resending, 4, 2))).isComplete()).isEqualTo(state.isCollected());
    }

    @Test
    void whichIsTheFirstChunkThatThereIsAndWhatSendsItsLinesAgain() {
        ChunkRow second = child(FIRST, 4, 5);
        ChunkRow third = child(second, 5, 2);
        ChunkRow ofOther = child(OTHER, 6, 5);
        Canary canary = canary(0, FIRST, OTHER, second, third, ofOther);
        assertThat(List.of(FIRST, second, third)).allMatch(canary::has);
        assertThat(List.of(OTHER, ofOther)).noneMatch(canary::has);
    }

    @Test
    void whichCountsFailuresOfAllAttempts() {
        ChunkRow resending = answered(FIRST, 7, 1);
        Canary canary = canary(0.2, resending, answered(child(resending, 4, 2), 0, 2), OTHER);
        assertThat(canary.hasFailed()).isTrue();
        assertThat(canary.failure()).contains("10 lines", "3 failed", "invalid_value", "20 %");
    }

    @Test
    void whichDoesNotPassBeforeThereIsOne() {
        assertThat(canary(1).hasPassed()).isFalse();
        assertThat(canary(1).isComplete()).isFalse();
    }

    @Test
    void unlessAPersonHasDecidedOrTheJobIsStopped() {
        assertThat(Canary.isKept(job(0))).isTrue();
        assertThat(Canary.isKept(Rows.job("a"))).isFalse();
        assertThat(Canary.isKept(job(0).stopped(Stop.CANCEL, null, null))).isFalse();
        assertThat(Canary.isKept(job(0).paused("why", Question.CANARY).resumed())).isFalse();
        assertThat(Canary.isKept(job(0).paused("why", Question.ESTIMATE).resumed())).isTrue();
    }
}
