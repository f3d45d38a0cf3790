package io.quarkiverse.openai.batch.runtime.client.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.model.ListFilesResponse;

/**
 * A page of a listing. A listing ends where a page says so ({@code has_more}) or names no next page; an empty page alone does
 * not end it (field report: listings that ended silently in the middle).
 *
 * @param items what is on the page
 * @param newest when the newest item was made, by the server's clock; null if the page is empty or does not say it of each item
 * @param next the cursor of the next page; null on the last one
 */
public record Page<T>(List<T> items, Instant newest, String next) {

    /** How much later than it was made an item may appear in a listing, and clocks may differ. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    public static Page<Batch> of(ListBatchesResponse response) {
        String next = response.paging() != null ? response.paging().nextCursor()
                : next(response.hasMore(), response.lastId(), response.data(), Batch::id);
        return of(response.data(), Batch::createdAt, next);
    }

    public static Page<FileObject> of(ListFilesResponse response) {
        return of(response.data(), FileObject::createdAt,
                next(response.hasMore(), response.lastId(), response.data(), FileObject::id));
    }

    private static <T> Page<T> of(List<T> items, Function<T, Instant> createdAt, String next) {
        List<Instant> times = items.stream().map(createdAt).toList();
        return new Page<>(items, times.isEmpty() || times.stream().anyMatch(Objects::isNull) ? null : Collections.max(times),
                next);
    }

    /** Whether all items were made before a time of the server's clock. */
    public boolean isOlderThan(Instant time) {
        return newest != null && newest.isBefore(time);
    }

    /**
     * Whether all items were made so long before a time that what was made since is not on the pages that follow, newest first.
     *
     * @param since by this machine's clock
     */
    public boolean isOlderThan(Instant since, ServerClock clock) {
        return isOlderThan(clock.at(since).orElse(since).minus(MARGIN));
    }

    private static <T> String next(Boolean hasMore, String lastId, List<T> data, Function<T, String> id) {
        if (Boolean.FALSE.equals(hasMore)) {
            return null;
        }
        boolean lastItemIsCursor = lastId == null && Boolean.TRUE.equals(hasMore) && !data.isEmpty();
        return lastItemIsCursor ? id.apply(data.get(data.size() - 1)) : lastId;
    }
}
