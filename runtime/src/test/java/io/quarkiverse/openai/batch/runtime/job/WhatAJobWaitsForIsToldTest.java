package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

class WhatAJobWaitsForIsToldTest extends RunnerTest {

    @ParameterizedTest
    @EnumSource(names = { "UPLOAD", "CREATE", "LIST", "CONTENT" })
    void whenItHasFailedForTenMinutesAlsoAfterARestart(Verb verb) {
        bench.provider.failAlways(verb, Kind.TRANSIENT);
        bench.submit(3);
        bench.provider.complete();
        bench.run(Duration.ofMinutes(4));
        bench.provider.complete();
        assertThat(bench.report().reason()).isNull();
        bench.run(Duration.ofMinutes(30));
        assertThat(bench.report().state()).isEqualTo(JobState.RUNNING);
        assertThat(bench.report().reason()).contains("has failed").contains("times since").contains("tried again at")
                .contains("The fake says TRANSIENT");
        bench.stop();
        assertThat(bench.report().reason()).contains("The fake says TRANSIENT");
        bench.provider.works(verb);
        assertThat(bench.finish().reason()).isNull();
    }

    @Test
    void whatIsRefusedAsItIsPausesAtOnce() {
        bench.provider.failAlways(Verb.UPLOAD, Kind.REFUSED);
        bench.submit(3);
        bench.until("it waits for a person", () -> bench.report().state() == JobState.PAUSED);
        assertThat(bench.report().reason()).contains("The fake says REFUSED");
    }

    @Test
    void aChunkInTroubleHoldsNoRoom() {
        bench.settings = bench.settings.withRoom(0, 1, 0);
        bench.provider.fail(Verb.UPLOAD, Kind.TRANSIENT);
        bench.submit(6);
        bench.until("the other has its batch", () -> bench.chunks().stream()
                .anyMatch(chunk -> chunk.state() == ChunkState.WATCHED));
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(6);
    }

    @Test
    void aFileThatIsTooLargeIsHalvedAndTheLimitIsRememberedAlsoAfterARestart() {
        bench.settings = bench.settings.withLimits(bench.settings.limits().withRequests(8));
        bench.settings = bench.settings.withRoom(0, 1, 0);
        bench.provider.maxBytes = 500;
        bench.submit(16);
        bench.until("one is halved", () -> bench.chunks().stream().anyMatch(chunk -> !chunk.isOfSource()));
        bench.stop();
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(16);
        assertEachLinePaidOnce(16);
        assertThat(bench.store().account("account").bytes().most()).isGreaterThanOrEqualTo(500);
        long refused = bench.provider.count(Verb.UPLOAD) - bench.provider.fileNames().stream()
                .filter(name -> name.startsWith("batch-")).count();
        assertThat(refused).as("uploads that were refused").isLessThanOrEqualTo(4);
    }

    @Test
    void aSingleLineThatIsTooLargePausesAndIsTriedAgainOnResume() {
        bench.provider.maxBytes = 10;
        bench.submit(1);
        bench.until("it waits for a person", () -> bench.report().state() == JobState.PAUSED);
        assertThat(bench.report().reason()).contains("line-0").contains("bytes");
        bench.provider.maxBytes = 10_000;
        bench.job().resume();
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(1);
        assertThat(bench.store().account("account").bytes()).isNull();
    }

    @Test
    void thePausesOfAJobAreAsLongAsTheyAreWhenTheWallClockIsSetBack() {
        bench.provider.fail(Verb.UPLOAD, Kind.TRANSIENT).fail(Verb.CREATE, Kind.BUSY);
        bench.submit(3);
        bench.run(Duration.ofMillis(500));
        bench.clock.jump(Duration.ofHours(-1));
        bench.run(Duration.ofMinutes(2));
        assertThat(bench.chunk(1).state()).isEqualTo(ChunkState.WATCHED);
    }
}
