package io.quarkiverse.openai.batch.runtime.job.store;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.NOW;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.Counts;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow.Stop;

/** Tests that every {@link JobStore} must pass. */
abstract class JobStoreContract {

    /** The same store, opened again. */
    abstract JobStore reopened();

    abstract JobStore store();

    private static JobRow cancelled(JobRow job) {
        return job.stopped(Stop.CANCEL, null, null);
    }

    @Test
    void whatWasStoredIsThereAfterAReopening() {
        JobRow job = store().insert(job("one / two \u00e9"));
        ChunkRow chunk = store().insert(chunk(job.name(), 1));
        ChunkRow seen = store().update(chunk.in(ChunkState.WATCHED)
                .with(chunk.remote().withBatch(new RemoteBatch("batch_1", State.UNKNOWN, "thinking", null, NOW, null,
                        new Counts(0, 1, 0), null, null, List.of()))));
        JobStore reopened = reopened();
        assertThat(reopened.job(job.name())).contains(job);
        assertThat(reopened.chunks(job.name())).containsExactly(seen);
    }

    @Test
    void aNameIsTakenOnce() {
        store().insert(job("a"));
        assertThatThrownBy(() -> store().insert(job("a"))).isInstanceOf(StaleRowException.class);
        store().insert(chunk("a", 1));
        assertThatThrownBy(() -> store().insert(chunk("a", 1))).isInstanceOf(StaleRowException.class);
    }

    @Test
    void aRowIsWrittenByWhoReadItLast() {
        JobRow job = store().insert(job("a"));
        ChunkRow chunk = store().insert(chunk("a", 1));
        store().update(job.withSpooled());
        store().update(chunk.in(ChunkState.UPLOADING));
        assertThatThrownBy(() -> store().update(cancelled(job))).isInstanceOf(StaleRowException.class);
        assertThatThrownBy(() -> store().update(chunk.in(ChunkState.DONE))).isInstanceOf(StaleRowException.class);
        assertThat(store().change("a", JobStoreContract::cancelled)).matches(row -> row.spooled() && row.isCancelled());
        assertThat(store().change("a", 1, row -> row.in(ChunkState.DONE)).state()).isEqualTo(ChunkState.DONE);
    }

    @Test
    void chunksAreInTheOrderOfTheirNumbers() {
        store().insert(job("a"));
        for (int number : new int[] { 10, 2, 1 }) {
            store().insert(chunk("a", number));
        }
        assertThat(reopened().chunks("a")).extracting(ChunkRow::number).containsExactly(1, 2, 10);
        assertThat(store().chunks("b")).isEmpty();
    }

    @Test
    void droppedChunksLeaveTheJob() {
        store().insert(job("a"));
        store().insert(chunk("a", 1));
        store().insert(chunk("a", 2));
        store().dropChunks("a");
        assertThat(store().chunks("a")).isEmpty();
        assertThat(reopened().chunks("a")).isEmpty();
        assertThat(reopened().job("a")).isPresent();
    }

    @Test
    void aDeletedJobIsGoneWithItsChunks() {
        store().insert(job("a"));
        store().insert(chunk("a", 1));
        store().delete(store().job("a").orElseThrow());
        assertThat(reopened().jobs()).isEmpty();
        assertThat(store().chunk("a", 1)).isEmpty();
        assertThatThrownBy(() -> store().change("a", JobStoreContract::cancelled)).isInstanceOf(StaleRowException.class);
    }
}
