package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

class AJobCanAlwaysBeEndedTest extends RunnerTest {

    private void untilRunning() {
        bench.submit(3);
        bench.until("its batch runs", () -> bench.chunk(1).state() == ChunkState.WATCHED);
    }

    private void untilCancelled() {
        bench.until("it ends", () -> bench.report().state() == JobState.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource(names = { "TRANSIENT", "REFUSED", "NOT_FOUND" })
    void whateverTheProviderAnswersAnHourAfterItWasCancelled(Kind failure) {
        untilRunning();
        for (Verb verb : Verb.values()) {
            bench.provider.failAlways(verb, failure);
        }
        Instant cancelled = bench.clock.instant();
        bench.job().cancel();
        untilCancelled();
        assertThat(Duration.between(cancelled, bench.clock.instant())).isLessThan(Duration.ofMinutes(70));
        assertThat(bench.report().count(Outcome.MISSING)).isEqualTo(3);
        assertThat(bench.report().payment().unknown()).isEqualTo(3);
    }

    @Test
    void andNamesTheBatchesThatMayStillRunWhichCanBeReadLater() {
        untilRunning();
        bench.provider.failAlways(Verb.STOP, Kind.TRANSIENT);
        bench.job().cancel();
        untilCancelled();
        String batch = bench.provider.batches().get(0).id();
        assertThat(bench.report().sending().mayRun()).containsExactly(batch);
        bench.provider.end(batch, State.COMPLETED, 3, 0);
        assertThat(bench.job().recollect()).isEqualTo(1);
        untilCancelled();
        assertThat(bench.report().count(Outcome.SUCCEEDED)).isEqualTo(3);
        assertThat(bench.report().count(Outcome.MISSING)).isZero();
        assertThat(bench.report().sending().mayRun()).isEmpty();
        assertThat(bench.job().recollect()).isZero();
    }

    @Test
    void andABatchWhoseCreateHadNoAnswerIsLookedForLater() {
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        bench.until("its create is open", () -> bench.chunk(1).state() == ChunkState.CREATING);
        bench.stop();
        bench.account = "http://other/v1";
        bench.job().cancel();
        untilCancelled();
        assertThat(bench.report().count(Outcome.MISSING)).isEqualTo(3);
        bench.stop();
        bench.account = "account";
        bench.provider.end(bench.provider.batches().get(0).id(), State.COMPLETED, 3, 0);
        assertThat(bench.job().recollect()).isEqualTo(1);
        untilCancelled();
        assertThat(bench.report().count(Outcome.SUCCEEDED)).isEqualTo(3);
        assertThat(bench.provider.batches()).hasSize(1);
        assertThat(bench.job().recollect()).isZero();
    }

    @Test
    void andOneThatWasNeverCreatedIsCancelledThen() {
        bench.provider.fail(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        bench.until("its create is open", () -> bench.chunk(1).state() == ChunkState.CREATING);
        bench.stop();
        bench.account = "http://other/v1";
        bench.job().cancel();
        untilCancelled();
        bench.stop();
        bench.account = "account";
        assertThat(bench.job().recollect()).isEqualTo(1);
        untilCancelled();
        assertThat(bench.report().count(Outcome.CANCELLED)).isEqualTo(3);
        assertThat(bench.provider.batches()).isEmpty();
    }

    @Test
    void ifItsBatchIsGone() {
        untilRunning();
        bench.provider.failAlways(Verb.RETRIEVE, Kind.GONE);
        bench.provider.forget(bench.provider.batches().get(0).id());
        bench.until("it waits for a person", () -> bench.report().state() == JobState.PAUSED);
        bench.job().cancel();
        Instant cancelled = bench.clock.instant();
        untilCancelled();
        assertThat(Duration.between(cancelled, bench.clock.instant())).isLessThan(Duration.ofMinutes(1));
        assertThat(bench.report().count(Outcome.MISSING)).isEqualTo(3);
    }

    @Test
    void andABatchThatWasGoneForAMomentIsReadLater() {
        untilRunning();
        bench.provider.end(bench.provider.batches().get(0).id(), State.COMPLETED, 3, 0);
        bench.provider.failAlways(Verb.RETRIEVE, Kind.GONE).failAlways(Verb.CONTENT, Kind.GONE);
        bench.job().cancel();
        untilCancelled();
        assertThat(bench.report().count(Outcome.MISSING)).isEqualTo(3);
        bench.provider.works(Verb.RETRIEVE);
        bench.provider.works(Verb.CONTENT);
        assertThat(bench.job().recollect()).isEqualTo(1);
        untilCancelled();
        assertThat(bench.report().count(Outcome.SUCCEEDED)).isEqualTo(3);
    }

    @Test
    void ifABatchThatWasCreatedTwiceVanishes() {
        bench.provider.lag = Duration.ofMinutes(15);
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        bench.until("the twin is noticed", () -> bench.report().sending().duplicates() == 1);
        bench.provider.forget(bench.chunk(1).remote().twins().get(0));
        assertThat(bench.finish().state()).isEqualTo(JobState.FINISHED);
    }

    @Test
    void ifItsResultFileIsGoneItsLinesAreMissingAtOnce() {
        untilRunning();
        bench.provider.failAlways(Verb.CONTENT, Kind.GONE).failAlways(Verb.FILE, Kind.GONE);
        Instant start = bench.clock.instant();
        assertThat(bench.finish().state()).isEqualTo(JobState.FINISHED);
        assertThat(bench.report().count(Outcome.MISSING)).isEqualTo(3);
        assertThat(Duration.between(start, bench.clock.instant())).isLessThan(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @EnumSource(names = { "TRANSIENT", "REFUSED" })
    void ifItsFilesCannotBeDeletedAndItsReportNamesThem(Kind failure) {
        bench.settings = bench.settings.withRetention(StoredResults.KEEP, ProviderFiles.DELETE, Optional.empty());
        bench.provider.failAlways(Verb.DELETE, failure);
        bench.submit(3);
        assertThat(bench.finish().state()).isEqualTo(JobState.FINISHED);
        assertThat(bench.report().sending().filesLeft()).hasSize(2).contains(bench.chunk(1).remote().fileId());
    }

    private void restartAtAnotherAccount() {
        untilRunning();
        bench.stop();
        bench.account = "http://other/v1";
    }

    @Test
    void nothingIsSentToAnotherAccountAndThePauseNamesBothAndTheWayOut() {
        restartAtAnotherAccount();
        int calls = bench.provider.count();
        bench.until("it waits for a person", () -> bench.report().state() == JobState.PAUSED);
        assertThat(bench.report().reason()).contains("the account account,").contains("http://other/v1")
                .contains("quarkus.openai-batch.account-id=account ");
        assertThat(bench.provider.count()).isEqualTo(calls);
        bench.stop();
        bench.account = "account";
        bench.job().resume();
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(3);
        assertEachLinePaidOnce(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = { true, false })
    void aJobOfAnotherAccountIsCancelledAtOnceAndNothingIsSent(boolean paused) {
        restartAtAnotherAccount();
        int calls = bench.provider.count();
        if (paused) {
            bench.until("it waits for a person", () -> bench.report().state() == JobState.PAUSED);
        }
        Instant cancelled = bench.clock.instant();
        bench.job().cancel();
        untilCancelled();
        assertThat(bench.provider.count()).isEqualTo(calls);
        assertThat(Duration.between(cancelled, bench.clock.instant())).isLessThan(Duration.ofMinutes(2));
        assertThat(bench.report().sending().mayRun()).hasSize(1);
    }

    @Test
    void aJobOfWhichNothingWasSentIsNotSentToAnotherAccount() {
        bench.provider.failAlways(Verb.UPLOAD, Kind.TRANSIENT);
        bench.submit(3);
        bench.run(Duration.ofSeconds(10));
        bench.stop();
        bench.provider.works(Verb.UPLOAD);
        bench.account = "http://other/v1";
        bench.until("it waits for a person", () -> bench.report().state() == JobState.PAUSED);
        assertThat(bench.provider.fileNames()).isEmpty();
    }
}
