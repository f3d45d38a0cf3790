package io.quarkiverse.openai.batch.runtime.job.batch;

import static io.quarkiverse.openai.batch.runtime.job.openai.Batches.batch;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.NOW;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.chunk;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.creating;
import static io.quarkiverse.openai.batch.runtime.job.store.Rows.watched;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.runtime.job.provider.BatchPage;
import io.quarkiverse.openai.batch.runtime.job.provider.FakeProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.SettableClock;

class AListingIsReadNoFurtherThanNeededTest {

    private static final Duration DAY = Duration.ofDays(1);

    private final List<RemoteBatch> listing = new ArrayList<>();
    private Instant date;
    private int requests;

    private BatchPage page(String after) {
        requests++;
        int from = after == null ? 0 : listing.stream().map(RemoteBatch::id).toList().indexOf(after) + 1;
        List<RemoteBatch> page = listing.subList(from, Math.min(from + 100, listing.size()));
        return new BatchPage(page, from + 100 < listing.size() ? page.get(page.size() - 1).id() : null, date);
    }

    private FakeProvider provider() {
        FakeProvider provider = new FakeProvider(InstantSource.fixed(NOW));
        provider.pages = this::page;
        return provider;
    }

    private static RemoteBatch created(String id, Instant at) {
        return batch("{'id':'%s','status':'in_progress','created_at':%d,'input_file_id':'file-of-%s'}".formatted(id,
                at.getEpochSecond(), id));
    }

    /** Batches of others, evenly over a time before now, the newest first. */
    private static Stream<RemoteBatch> foreign(int count, Duration age, Duration over) {
        return IntStream.range(0, count)
                .mapToObj(n -> created("foreign-" + age + n, NOW.minus(age).minus(over.multipliedBy(n).dividedBy(count))));
    }

    private static List<ChunkRow> watchedChunks(int count, Instant createdAt) {
        return IntStream.range(0, count).mapToObj(n -> watched(chunk("a", n), "own-" + n, createdAt)).toList();
    }

    private static Stream<RemoteBatch> own(int count, Instant createdAt) {
        return IntStream.range(0, count).mapToObj(n -> created("own-" + n, createdAt));
    }

    private ListingScan read(List<ChunkRow> chunks) {
        return read(null, chunks);
    }

    /** It has to show all batches from a time on. */
    private ListingScan read(Instant backTo, List<ChunkRow> chunks) {
        return new ListingScan(provider(), chunks, backTo, new SettableClock(NOW).steady()).run();
    }

    @ParameterizedTest
    @CsvSource({ "0, 0, 10", "0, 9000, 10", "9000, 0, 100", "9000, 9000, 100" })
    void aThousandOfOursAreTenPagesAndThoseBeforeThem(int newer, int older, int pages) {
        Instant at = NOW.minus(DAY);
        foreign(newer, Duration.ZERO, DAY).forEach(listing::add);
        own(1000, at).forEach(listing::add);
        foreign(older, DAY.plusMinutes(1), DAY).forEach(listing::add);
        ListingScan scan = read(watchedChunks(1000, at));
        assertThat(requests).isEqualTo(pages);
        assertThat(IntStream.range(0, 1000)).allMatch(n -> scan.batch("own-" + n) != null);
    }

    @Test
    void itEndsWhereThePagesAreOlderThanAllOfOurs() {
        foreign(1000, Duration.ofHours(1), DAY).forEach(listing::add);
        ListingScan scan = read(watchedChunks(200, NOW.minusSeconds(60)));
        assertThat(requests).isEqualTo(1);
        assertThat(scan.batch("own-0")).isNull();
    }

    @Test
    void itEndsWhereAskingForTheRestOneAtATimeTakesFewerRequests() {
        foreign(10_000, Duration.ZERO, DAY).forEach(listing::add);
        read(watchedChunks(3, NOW.minus(DAY)));
        assertThat(requests).isEqualTo(3);
    }

    @Test
    void itIsReadToItsEndIfAWatchedBatchHasNoTimeAndThereAreFewPages() {
        foreign(500, Duration.ZERO, DAY).forEach(listing::add);
        read(List.of(watched(chunk("a", 1), "own-1", null), watched(chunk("a", 2), "own-2", null),
                watched(chunk("a", 3), "own-3", null), watched(chunk("a", 4), "own-4", null),
                watched(chunk("a", 5), "own-5", null), watched(chunk("a", 6), "own-6", null)));
        assertThat(requests).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({ "PT-3M, 2", "PT0S, 2", "PT1H29M, 2", "PT1H31M, 3", "PT2H, 3" })
    void forACreateWhoseAnswerIsOpenItIsReadUntilAWholePageIsOlderByTenMinutes(Duration ago, int pages) {
        foreign(1440, Duration.ZERO, Duration.ofHours(24)).forEach(listing::add);
        read(NOW.minus(ago), List.of(creating(chunk("a", 1), NOW.minus(ago))));
        assertThat(requests).isEqualTo(pages);
    }

    @Test
    void aCreateIsDatedByTheServersClock() {
        foreign(1440, Duration.ZERO, Duration.ofHours(24)).forEach(listing::add);
        date = Instant.parse("2026-11-21T01:00:00Z");
        read(NOW, List.of(creating(chunk("a", 1), NOW)));
        assertThat(requests).isEqualTo(5);
    }

    @Test
    void batchesOfAFileAreFoundUnlessTheyWereRefused() {
        listing.add(created("1", NOW));
        listing.add(batch("{'id':'2','status':'failed','created_at':1,'input_file_id':'file-of-1'}"));
        listing.add(batch("{'id':'3','status':'completed','created_at':1,'input_file_id':'file-of-1'}"));
        listing.add(batch("{'id':'4','status':'failed','created_at':1,'input_file_id':'file-of-1','output_file_id':'f'}"));
        ListingScan scan = read(NOW, List.of(creating(chunk("a", 1), NOW)));
        assertThat(scan.batchesOf(creating(chunk("a", 1), NOW))).extracting(RemoteBatch::id).containsExactly("1", "3", "4");
        assertThat(scan.batchesOf(creating(chunk("a", 2), NOW))).isEmpty();
    }
}
