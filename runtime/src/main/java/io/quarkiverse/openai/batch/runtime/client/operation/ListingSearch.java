package io.quarkiverse.openai.batch.runtime.client.operation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.smallrye.mutiny.Uni;

/**
 * Searches a listing, newest first, for items made since a time. It ends at a page that {@link Page#isOlderThan is older}.
 *
 * @param pages reads the page at a cursor, null for the first
 * @param since a time by this machine's clock; null for reading to the end
 * @param wanted which items are searched for, by the server's clock
 */
record ListingSearch<T>(Function<String, Uni<Reply<Page<T>>>> pages, Instant since,
        Function<ServerClock, Predicate<T>> wanted) {

    /** The items found. With {@code first} it ends at the first one. */
    Uni<List<T>> find(boolean first) {
        return from(null, new Listing.Cursor(), new ArrayList<>(), first);
    }

    private Uni<List<T>> from(String position, Listing.Cursor cursor, List<T> found, boolean first) {
        return pages.apply(position).chain(reply -> {
            Page<T> page = reply.value();
            ServerClock clock = ServerClock.of(reply.headers(), Instant.now());
            page.items().stream().filter(wanted.apply(clock)).forEach(found::add);
            boolean past = since != null && page.isOlderThan(since, clock);
            if (first && !found.isEmpty() || page.next() == null || past) {
                return Uni.createFrom().item(found);
            }
            cursor.moveTo(page.next());
            return from(page.next(), cursor, found, first);
        });
    }
}
