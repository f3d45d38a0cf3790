package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

class AJobIsDeletedEverywhereTest extends RunnerTest {

    private void assertNothingIsLeft() {
        assertThat(bench.runner().find(RunnerBench.JOB)).isEmpty();
        assertThat(bench.provider.fileNames()).isEmpty();
    }

    @Test
    void withInputsAndAnswersOfAllItsBatches() {
        bench.submit(7);
        bench.finish();
        assertThat(bench.provider.fileNames()).hasSizeGreaterThan(3);
        bench.job().deleteEverywhere();
        assertNothingIsLeft();
    }

    @Test
    void withAnInputWhoseUploadHadNoAnswer() {
        bench.provider.lose(Verb.UPLOAD, Kind.TRANSIENT);
        bench.provider.fail(Verb.FILES, Kind.TRANSIENT);
        bench.submit(3);
        bench.finish();
        bench.job().deleteEverywhere();
        assertNothingIsLeft();
    }

    @Test
    void withTheAnswersOfABatchThatItDidNotWaitFor() {
        bench.submit(3);
        bench.until("its batch runs", () -> bench.chunk(1).state() == ChunkState.WATCHED);
        bench.provider.failAlways(Verb.STOP, Kind.TRANSIENT);
        bench.job().cancel();
        bench.until("it ends", () -> bench.report().state() == JobState.CANCELLED);
        String batch = bench.provider.batches().get(0).id();
        assertThatThrownBy(() -> bench.job().deleteEverywhere()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("batches that still run: " + batch).hasMessageContaining("The job stays");
        bench.provider.end(batch, State.COMPLETED, 3, 0);
        bench.job().deleteEverywhere();
        assertNothingIsLeft();
    }

    @Test
    void exceptThatItStaysWhileAFileOfItStays() {
        bench.submit(3);
        bench.finish();
        bench.provider.fail(Verb.DELETE, Kind.TRANSIENT);
        assertThatThrownBy(() -> bench.job().deleteEverywhere()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("files that cannot be deleted: file-").hasMessageContaining("The job stays");
        assertThat(bench.report().state()).isEqualTo(JobState.FINISHED);
        bench.job().deleteEverywhere();
        assertNothingIsLeft();
    }

    @Test
    void butNotAtAnotherAccount() {
        bench.submit(3);
        bench.finish();
        bench.stop();
        bench.account = "http://other/v1";
        assertThatThrownBy(() -> bench.job().deleteEverywhere()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("at the account account, and its client is for http://other/v1");
        assertThat(bench.provider.fileNames()).hasSize(2);
        bench.job().delete();
        assertThat(bench.runner().find(RunnerBench.JOB)).isEmpty();
    }

    @Test
    void andNotBeforeItHasEnded() {
        bench.submit(3);
        bench.until("its batch runs", () -> bench.chunk(1).state() == ChunkState.WATCHED);
        assertThatThrownBy(() -> bench.job().deleteEverywhere()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("once it has ended");
        assertThat(bench.provider.fileNames()).hasSize(1);
    }

    @Test
    void exceptThatItStaysWhileABatchMayHaveBeenCreated() {
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        bench.until("its create is open", () -> bench.chunk(1).state() == ChunkState.CREATING);
        bench.stop();
        bench.account = "http://other/v1";
        bench.job().cancel();
        bench.until("it ends", () -> bench.report().state() == JobState.CANCELLED);
        bench.stop();
        bench.account = "account";
        bench.provider.end(bench.provider.batches().get(0).id(), State.COMPLETED, 3, 0);
        assertThatThrownBy(() -> bench.job().deleteEverywhere()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("recollect()").hasMessageContaining("The job stays");
        bench.job().recollect();
        bench.until("it ends again", () -> bench.report().state() == JobState.CANCELLED);
        bench.job().deleteEverywhere();
        assertNothingIsLeft();
    }

    @Test
    void exceptThatItStaysWhileFilesCannotBeListed() {
        bench.submit(3);
        bench.finish();
        bench.provider.fail(Verb.FILES, Kind.TRANSIENT);
        assertThatThrownBy(() -> bench.job().deleteEverywhere()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("files that cannot be listed").hasMessageContaining("The job stays");
        bench.job().deleteEverywhere();
        assertNothingIsLeft();
    }

    @Test
    void evenIfTheProviderListsNoFiles() {
        bench.submit(3);
        bench.finish();
        bench.provider.fail(Verb.FILES, Kind.UNSUPPORTED);
        bench.job().deleteEverywhere();
        assertNothingIsLeft();
    }

    @Test
    void exceptThatItStaysWhileABatchThatWasCreatedTwiceCannotBeRetrieved() {
        bench.provider.lag = Duration.ofMinutes(15);
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        bench.until("the twin is noticed", () -> bench.report().sending().duplicates() == 1);
        bench.finish();
        String twin = bench.chunk(1).remote().twins().get(0);
        bench.provider.fail(Verb.RETRIEVE, Kind.TRANSIENT);
        assertThatThrownBy(() -> bench.job().deleteEverywhere()).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a batch that cannot be retrieved: " + twin).hasMessageContaining("The job stays");
        bench.job().deleteEverywhere();
        assertNothingIsLeft();
    }

    @Test
    void andNotByAProcessThatOnlyReadsIt() {
        bench.submit(3);
        bench.finish();
        BatchJob read = DirectoryRunner.read(root, name -> new JobClient(bench.provider, bench.settings, bench.account))
                .find(RunnerBench.JOB).orElseThrow();
        assertThatThrownBy(read::deleteEverywhere).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("opened to read");
        assertThat(bench.provider.fileNames()).hasSize(2);
    }

    @Test
    void withTheFilesOfLinesThatWereSentAgainMeanwhile() {
        bench.submit(3);
        bench.finish();
        bench.provider.after(Verb.FILES, () -> {
            bench.job().rerun(Set.of(Outcome.SUCCEEDED));
            bench.finish();
        });
        bench.job().deleteEverywhere();
        assertNothingIsLeft();
    }
}
