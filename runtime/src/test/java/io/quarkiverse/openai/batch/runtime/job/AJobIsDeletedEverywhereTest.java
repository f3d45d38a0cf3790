package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;
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
}
