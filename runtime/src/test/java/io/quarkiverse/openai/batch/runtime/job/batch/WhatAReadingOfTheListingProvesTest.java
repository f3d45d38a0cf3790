package io.quarkiverse.openai.batch.runtime.job.batch;

import static io.quarkiverse.openai.batch.runtime.job.store.Rows.NOW;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.creating;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.watched;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.runtime.job.provider.BatchPage;
import io.quarkiverse.openai.batch.runtime.job.provider.FakeProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch.State;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.SettableClock;

/** A batch is looked for that was created at most an hour ago; the listing does not show it. */
class WhatAReadingOfTheListingProvesTest {

    private static final Instant AN_HOUR_AGO = NOW.minus(Duration.ofHours(1));

    private final SettableClock clock = new SettableClock(NOW);
    private final FakeProvider provider = new FakeProvider(clock);
    private final List<ChunkRow> chunks = new ArrayList<>(List.of(creating(chunk("a", 1), AN_HOUR_AGO)));
    private int requests;

    private static RemoteBatch foreign(int number, Instant createdAt) {
        return new RemoteBatch("foreign-" + number, State.RUNNING, "in_progress", "file-" + number, createdAt, null, null,
                null, null, List.of());
    }

    /** One batch a minute. */
    private static List<RemoteBatch> newestFirst(int count) {
        return IntStream.range(0, count).mapToObj(n -> foreign(n, NOW.minus(Duration.ofMinutes(n)))).toList();
    }

    /** Pages of ten. */
    private boolean proves(List<RemoteBatch> listing) {
        provider.pages = cursor -> {
            requests++;
            int from = cursor == null ? 0 : Integer.parseInt(cursor);
            int to = Math.min(listing.size(), from + 10);
            return new BatchPage(listing.subList(from, to), to == listing.size() ? null : String.valueOf(to), NOW);
        };
        return read().proves();
    }

    private ListingScan read() {
        return new ListingScan(provider, chunks, AN_HOUR_AGO, clock.steady()).run();
    }

    @Test
    void thatThereIsNoneIfItWentBackFarEnough() {
        assertThat(proves(newestFirst(1000))).isTrue();
        assertThat(requests).isEqualTo(9);
    }

    @Test
    void thatThereIsNoneIfItCameToTheEnd() {
        assertThat(proves(newestFirst(5))).isTrue();
        assertThat(proves(List.of())).isTrue();
    }

    @Test
    void alsoInAnotherOrderButThenItIsReadToItsEnd() {
        List<RemoteBatch> oldestFirst = new ArrayList<>(newestFirst(1000));
        Collections.reverse(oldestFirst);
        assertThat(proves(oldestFirst)).isTrue();
        assertThat(requests).isEqualTo(100);
    }

    @Test
    void aBatchBehindOlderOnesIsFound() {
        List<RemoteBatch> listing = new ArrayList<>(newestFirst(300));
        Collections.reverse(listing);
        listing.add(new RemoteBatch("own", State.RUNNING, "in_progress", "file-of-1", NOW, null, null, null, null, List.of()));
        proves(listing);
        assertThat(read().batchesOf(chunks.get(0))).extracting(RemoteBatch::id).containsExactly("own");
    }

    @Test
    void alsoIfNoneSaysWhenItWasCreatedButThenItIsReadToItsEnd() {
        assertThat(proves(IntStream.range(0, 200).mapToObj(n -> foreign(n, null)).toList())).isTrue();
        assertThat(requests).isEqualTo(20);
    }

    @Test
    void nothingIfItGoesInACircle() {
        provider.pages = cursor -> {
            requests++;
            return new BatchPage(newestFirst(1), "again", NOW);
        };
        assertThat(read().proves()).isFalse();
        assertThat(requests).isEqualTo(2);
    }

    @Test
    void nothingIfItDoesNotEnd() {
        provider.pages = cursor -> {
            requests++;
            return new BatchPage(List.of(foreign(1, NOW)), "page-" + requests, NOW);
        };
        assertThat(read().proves()).isFalse();
        assertThat(requests).isEqualTo(1_000);
    }

    @Test
    void aReadingThatProvesNothingIsNotLongerThanTheBatchesAreMany() {
        provider.pages = cursor -> {
            requests++;
            return new BatchPage(List.of(foreign(1, NOW)), "page-" + requests, NOW);
        };
        List<ChunkRow> watched = IntStream.range(0, 50).mapToObj(n -> watched(chunk("a", n), "own-" + n, null)).toList();
        new ListingScan(provider, watched, null, clock.steady()).run();
        assertThat(requests).isBetween(10, 60);
    }

    @Test
    void nothingIfABatchThatIsKnownIsNotShown() {
        chunks.add(watched(chunk("a", 2), "own", NOW.minusSeconds(60)));
        assertThat(proves(newestFirst(1000))).isFalse();
    }

    @Test
    void nothingIfABatchThatIsKnownIsShownWithAnotherInput() {
        chunks.add(watched(chunk("a", 2), "foreign-3", NOW.minusSeconds(180)));
        assertThat(proves(newestFirst(1000))).isFalse();
    }

    @Test
    void aBatchThatIsOlderNeedNotBeShown() {
        chunks.add(watched(chunk("a", 2), "own", AN_HOUR_AGO.minusSeconds(1)));
        assertThat(proves(newestFirst(1000))).isTrue();
    }
}
