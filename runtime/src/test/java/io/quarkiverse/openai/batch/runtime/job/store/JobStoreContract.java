package io.quarkiverse.openai.batch.runtime.job.store;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.NOW;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.child;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow.Stop;

/** Tests that every {@link JobStore} must pass. */
public abstract class JobStoreContract {

    /** The same store, opened again. */
    protected abstract JobStore reopened();

    protected abstract JobStore store();

    private static JobRow cancelled(JobRow job) {
        return job.stopped(Stop.CANCEL, null, null);
    }

    @Test
    void whatWasStoredIsThereAfterAReopening() {
        store().insert(job("one / two \u00e9"));
        ChunkRow chunk = store().insert(chunk("one / two \u00e9", 1));
        JobRow job = store().change(chunk.job(), JobRow::withSpooled);
        ChunkRow seen = store().update(Rows.watched(chunk, "batch_1", NOW));
        JobStore reopened = reopened();
        assertThat(reopened.job(job.name())).contains(job);
        assertThat(reopened.chunks(job.name())).containsExactly(seen);
    }

    @Test
    void anInterruptedThreadStoresToo() {
        Thread.currentThread().interrupt();
        store().insert(job("a"));
        ChunkRow chunk = store().insert(chunk("a", 1));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(reopened().chunks("a")).containsExactly(chunk);
    }

    @Test
    void aNameIsTakenOnce() {
        store().insert(job("a"));
        assertThatThrownBy(() -> store().insert(job("a"))).isInstanceOf(StaleRowException.class);
        store().insert(chunk("a", 1));
        assertThatThrownBy(() -> store().insert(chunk("a", 1))).isInstanceOf(StaleRowException.class);
        assertThatThrownBy(() -> store().insert(chunk("b", 1))).isInstanceOf(StaleRowException.class);
    }

    @Test
    void aChunkIsCountedInTheRowOfItsJob() {
        store().insert(job("a"));
        assertThat(store().insert(chunk("a", 0)).number()).isEqualTo(1);
        assertThat(store().insert(chunk("a", 0)).number()).isEqualTo(2);
        assertThat(store().insert(chunk("a", 3)).number()).isEqualTo(3);
        assertThatThrownBy(() -> store().insert(chunk("a", 5))).isInstanceOf(StaleRowException.class);
        assertThat(store().job("a").orElseThrow().chunks()).isEqualTo(3);
        assertThat(reopened().chunks("a")).hasSize(store().job("a").orElseThrow().chunks());
    }

    @Test
    void aRowIsWrittenByWhoReadItLast() {
        store().insert(job("a"));
        ChunkRow chunk = store().insert(chunk("a", 1));
        JobRow job = store().job("a").orElseThrow();
        store().update(job.withSpooled());
        store().update(chunk.in(ChunkState.UPLOADING));
        assertThatThrownBy(() -> store().update(cancelled(job))).isInstanceOf(StaleRowException.class);
        assertThatThrownBy(() -> store().update(chunk.in(ChunkState.COLLECTED))).isInstanceOf(StaleRowException.class);
        assertThat(store().change("a", JobStoreContract::cancelled)).matches(row -> row.spooled() && row.isCancelled());
        assertThat(store().change("a", 1, row -> row.in(ChunkState.UPLOADED)).state()).isEqualTo(ChunkState.UPLOADED);
    }

    @Test
    void chunksAreInTheOrderOfTheirNumbers() {
        store().insert(job("a"));
        List<Integer> numbers = IntStream.rangeClosed(1, 11).boxed().toList();
        numbers.forEach(number -> store().insert(chunk("a", number)));
        assertThat(reopened().chunks("a")).extracting(ChunkRow::number).isEqualTo(numbers);
        assertThat(store().chunks("b")).isEmpty();
    }

    @Test
    void droppedChunksLeaveTheJob() {
        store().insert(job("a"));
        store().insert(chunk("a", 1));
        store().insert(chunk("a", 2));
        assertThat(store().dropChunks("a")).isEqualTo(store().job("a").orElseThrow()).matches(job -> job.chunks() == 0);
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

    @Test
    void aRowThatIsEqualToTheStoredOneIsNotWritten() {
        store().insert(job("a"));
        ChunkRow chunk = store().insert(chunk("a", 1));
        JobRow job = store().job("a").orElseThrow();
        assertThat(store().change("a", row -> row)).isEqualTo(job);
        assertThat(store().update(job)).isEqualTo(job);
        assertThat(store().change("a", 1, row -> row.in(ChunkState.SPOOLED))).isEqualTo(chunk);
        assertThat(store().update(chunk)).isEqualTo(chunk);
        // what was decided from the row before is still from the latest one
        assertThat(store().update(chunk.in(ChunkState.UPLOADING)).version()).isEqualTo(chunk.version() + 1);
        assertThatThrownBy(() -> store().update(chunk)).isInstanceOf(StaleRowException.class);
    }

    @Test
    void nothingIsWrittenAfterAClose() {
        store().insert(job("a"));
        ChunkRow chunk = store().insert(chunk("a", 1));
        JobRow job = store().job("a").orElseThrow();
        JobStore closed = store();
        JobStore successor = reopened();
        closed.close();
        for (ThrowingCallable write : List.<ThrowingCallable> of(() -> closed.insert(job("b")),
                () -> closed.update(job.withSpooled()), () -> closed.change("a", JobStoreContract::cancelled),
                () -> closed.insert(chunk("a", 2)), () -> closed.update(chunk.in(ChunkState.UPLOADING)),
                () -> closed.change("a", 1, row -> row.in(ChunkState.UPLOADING)), () -> closed.dropChunks("a"),
                () -> closed.delete(job),
                () -> closed.learn(chunk, row -> row.with(row.remote().withTwin("batch_2")), row -> row),
                () -> closed.changeAccount("account", row -> row.withTrouble("one",
                        new Trouble(1, Rows.NOW, 0, null, "no", Rows.NOW, false))),
                closed::requireOpen)) {
            assertThatThrownBy(write).isInstanceOf(EpochEndedException.class);
        }
        closed.refresh();
        assertThat(closed.job("a")).contains(job);
        assertThat(closed.chunks("a")).containsExactly(chunk);
        for (JobStore now : List.of(successor, reopened())) {
            assertThat(now.jobs()).containsExactly(job);
            assertThat(now.chunks("a")).containsExactly(chunk);
        }
    }

    @Test
    void chunksAreFoundByStateAndParent() {
        store().insert(job("a"));
        ChunkRow first = store().insert(chunk("a", 1));
        ChunkRow second = store().insert(child(first, 2, 1));
        ChunkRow third = store().insert(child(first, 3, 1));
        ChunkRow uploading = store().update(second.in(ChunkState.UPLOADING));
        for (JobStore store : List.of(store(), reopened())) {
            assertThat(store.chunks("a", Set.of(ChunkState.SPOOLED))).containsExactly(first, third);
            assertThat(store.chunks("a", Set.of(ChunkState.UPLOADING, ChunkState.DONE))).containsExactly(uploading);
            assertThat(store.childrenOf(first)).containsExactly(uploading, third);
            assertThat(store.childrenOf(second)).isEmpty();
        }
        store().dropChunks("a");
        assertThat(store().chunks("a", EnumSet.allOf(ChunkState.class))).isEmpty();
        assertThat(store().childrenOf(first)).isEmpty();
    }

    @Test
    void chunksOfAClientAreThoseOfItsJobsUnderWay() {
        store().insert(job("paused").paused("a reason", null));
        store().insert(chunk("paused", 1));
        store().insert(job("running"));
        ChunkRow running = store().insert(chunk("running", 1));
        assertThat(store().ofClient("<default>", Set.of(ChunkState.SPOOLED))).containsExactly(running);
        assertThat(store().ofClient("<default>", ChunkState.ACTIVE)).isEmpty();
        assertThat(store().ofClient("other", Set.of(ChunkState.SPOOLED))).isEmpty();
        assertThat(store().ofAccount("account", Set.of(ChunkState.SPOOLED))).hasSize(2).contains(running);
        assertThat(store().ofAccount("other", Set.of(ChunkState.SPOOLED))).isEmpty();
    }

    @Test
    void anEndedJobIsReadWhenItIsAskedFor() {
        JobRow ended = ended("ended", NOW.minusSeconds(7200));
        JobRow recent = ended("recent", NOW);
        JobRow untold = store().insert(job("untold").in(JobState.FINISHED, null).endedAt(NOW.minusSeconds(7200)));
        for (JobStore store : List.of(store(), reopened())) {
            assertThat(store.unended()).containsExactly(untold);
            assertThat(store.jobs()).containsExactly(ended, recent, untold);
            assertThat(store.job("ended")).contains(ended);
            assertThat(store.chunks("ended")).hasSize(1);
            assertThat(store.ofAccount("account", Set.of(ChunkState.SPOOLED))).extracting(ChunkRow::job).contains("recent");
        }
        assertThat(store().ofAccount("account", Set.of(ChunkState.SPOOLED))).extracting(ChunkRow::job)
                .doesNotContain("ended");
        JobRow again = store().change("ended", row -> row.reopened(0, BigDecimal.ZERO));
        assertThat(store().unended()).containsExactly(again, untold);
        assertThat(store().ofClient("<default>", Set.of(ChunkState.SPOOLED))).hasSize(1);
        store().delete(again);
        assertThat(reopened().job("ended")).isEmpty();
    }

    private JobRow ended(String name, Instant at) {
        store().insert(job(name));
        store().insert(chunk(name, 1));
        return store().change(name, row -> row.in(JobState.FINISHED, null).endedAt(at).withAnnounced());
    }

    /** The row of the intent may be lost, but not the effect. */
    @Test
    void aFactIsTheRowsUnlessItHasALaterIntent() {
        store().insert(Rows.job("a"));
        ChunkRow before = store().insert(Rows.chunk("a", 1));
        ChunkRow lost = before.with(before.remote().withIntent(Rows.NOW, Rows.NOW));
        ChunkRow learned = store().learn(lost, row -> row.with(row.remote().withFile("file-1", Rows.NOW)), row -> row);
        assertThat(learned.remote().fileId()).isEqualTo("file-1");
        ChunkRow later = store().update(learned.with(learned.remote().withIntent(Rows.NOW, Rows.NOW)));
        assertThat(store().learn(learned, row -> row.with(row.remote().withFile("file-2", Rows.NOW)), row -> row))
                .isEqualTo(later);
    }
}
