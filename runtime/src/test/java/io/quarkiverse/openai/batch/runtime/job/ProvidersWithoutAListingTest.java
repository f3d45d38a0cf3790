package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

class ProvidersWithoutAListingTest extends RunnerTest {

    @BeforeEach
    void noListing() {
        bench.provider.failAlways(Verb.LIST, Kind.UNSUPPORTED).failAlways(Verb.FILES, Kind.UNSUPPORTED);
    }

    @Test
    void batchesAreRetrievedOneAtATime() {
        bench.submit(6);
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(6);
        assertThat(bench.provider.count(Verb.LIST)).isEqualTo(2);
    }

    @Test
    void aListingThatDoesNotTellTheInputFilesProvesNothing() {
        bench.provider.works(Verb.LIST);
        bench.provider.view = batch -> new RemoteBatch(batch.id(), batch.state(), batch.status(), null, batch.createdAt(), null,
                batch.counts(), batch.outputFile(), batch.errorFile(), batch.reasons());
        untilOpen();
        assertThat(bench.provider.batches()).hasSize(1);
    }

    @Test
    void theListingIsTriedAgainAfterAnHour() {
        bench.submit(3);
        bench.until("its batch runs", () -> !bench.provider.batches().isEmpty());
        bench.run(Duration.ofMinutes(50));
        assertThat(bench.provider.count(Verb.LIST)).isEqualTo(2);
        bench.provider.works(Verb.LIST);
        bench.run(Duration.ofMinutes(20));
        assertThat(bench.provider.count(Verb.LIST)).isGreaterThan(2);
    }

    @Test
    void oneRefusalAloneDoesNotCount() {
        bench.provider.works(Verb.LIST);
        bench.provider.fail(Verb.LIST, Kind.UNSUPPORTED);
        bench.submit(3);
        bench.finish();
        assertThat(bench.provider.count(Verb.LIST)).isGreaterThan(2);
    }

    @Test
    void anUploadWhoseAnswerWasLostIsRepeated() {
        bench.provider.lose(Verb.UPLOAD, Kind.TRANSIENT);
        bench.submit(3);
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(3);
        assertThat(bench.provider.count(Verb.UPLOAD)).isEqualTo(2);
    }

    private String untilOpen() {
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        bench.until("it waits for a person", () -> bench.report().state() == JobState.PAUSED);
        assertThat(bench.report().reason()).contains("not known whether").contains("adopt(1,").contains("twice")
                .contains("missing");
        return bench.provider.batches().get(0).id();
    }

    @Test
    void anOpenCreateWaitsForAPersonWhoNamesItsBatch() {
        String batch = untilOpen();
        assertThat(bench.chunk(1).state()).isEqualTo(ChunkState.OPEN);
        bench.job().adopt(1, batch);
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(3);
        assertThat(bench.provider.batches()).hasSize(1);
    }

    @Test
    void aBatchOfAnotherFileIsNotAdopted() {
        untilOpen();
        RemoteBatch foreign = bench.provider.add("another-file", bench.clock.instant());
        assertThatThrownBy(() -> bench.job().adopt(1, foreign.id())).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another-file");
        assertThatThrownBy(() -> bench.job().adopt(1, "no-batch")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bench.job().adopt(2, foreign.id())).isInstanceOf(IllegalStateException.class);
        assertThat(bench.report().state()).isEqualTo(JobState.PAUSED);
    }

    @Test
    void orResumesAndMayPayTwice() {
        untilOpen();
        bench.job().resume();
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(3);
        assertThat(bench.provider.batches()).hasSize(2);
    }

    @Test
    void whoResumesIsAskedForEachOpenCreate() {
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(6);
        bench.until("it waits for a person", () -> bench.report().state() == JobState.PAUSED);
        assertThat(bench.report().reason()).contains("chunk 1");
        bench.store().change(RunnerBench.JOB, 2, chunk -> chunk.in(ChunkState.OPEN));

        bench.job().resume();
        bench.until("it waits again", () -> bench.report().state() == JobState.PAUSED);
        assertThat(bench.report().reason()).contains("chunk 2").contains("twice");
        bench.job().resume();
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(6);
        assertThat(bench.provider.batches()).hasSize(4);
    }

    @Test
    void aPauseForSomethingElseAgreesToNoCreate() {
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        bench.until("its create is open", () -> bench.chunk(1).state() == ChunkState.CREATING
                && !bench.provider.batches().isEmpty());
        bench.job().pause();
        bench.store().change(RunnerBench.JOB, 1, chunk -> chunk.in(ChunkState.OPEN));

        bench.job().resume();
        bench.until("it asks", () -> bench.report().state() == JobState.PAUSED);
        assertThat(bench.report().reason()).contains("not known whether");
        assertThat(bench.provider.batches()).hasSize(1);
    }

    @Test
    void orCancelsAndTakesItsLinesAsMissing() {
        untilOpen();
        bench.job().cancel();
        bench.until("it ends", () -> bench.report().state() == JobState.CANCELLED);
        assertThat(bench.report().count(Outcome.MISSING)).isEqualTo(3);
    }

    @Test
    void whichAreFoundLaterIfItListsBatchesThen() {
        String batch = untilOpen();
        bench.job().cancel();
        bench.until("it ends", () -> bench.report().state() == JobState.CANCELLED);
        bench.provider.end(batch, State.COMPLETED, 3, 0);
        bench.provider.works(Verb.LIST);
        bench.run(Duration.ofMinutes(70));
        assertThat(bench.job().recollect()).isEqualTo(1);
        bench.until("it ends again", () -> bench.report().state() == JobState.CANCELLED);
        assertThat(bench.report().count(Outcome.SUCCEEDED)).isEqualTo(3);
    }
}
