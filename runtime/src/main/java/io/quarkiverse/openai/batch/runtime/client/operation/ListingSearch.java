package io.quarkiverse.openai.batch.runtime.client.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.smallrye.mutiny.Uni;

/**
 * Searches a listing, newest first, for what was made since a time. It ends at a page of which all is older than that by ten
 * minutes, by the server's own clock.
 *
 * @param pages reads the page at a cursor, null for the first
 * @param createdAt when an item was made; null if the provider did not say
 * @param since a time by this machine's clock; null for reading to the end
 * @param wanted which items are searched for, by the server's clock
 */
record ListingSearch<T>(Function<String, Uni<Reply<Page<T>>>> pages, Function<T, Instant> createdAt, Instant since,
        Function<ServerClock, Predicate<T>> wanted) {

    private static final Duration MARGIN = Duration.ofMinutes(10);

    /** The items found. With {@code first} it ends at the first one. */
    Uni<List<T>> find(boolean first) {
        return from(null, new Listing.Cursor(), new ArrayList<>(), first);
    }

    private Uni<List<T>> from(String position, Listing.Cursor cursor, List<T> found, boolean first) {
        return pages.apply(position).chain(reply -> {
            Page<T> page = reply.value();
            ServerClock clock = ServerClock.of(reply.headers());
            page.items().stream().filter(wanted.apply(clock)).forEach(found::add);
            if (first && !found.isEmpty() || page.next() == null || isPast(page.items(), clock)) {
                return Uni.createFrom().item(found);
            }
            cursor.moveTo(page.next());
            return from(page.next(), cursor, found, first);
        });
    }

    private boolean isPast(List<T> items, ServerClock clock) {
        if (since == null || items.isEmpty()) {
            return false;
        }
        Instant end = clock.at(since).orElse(since).minus(MARGIN);
        return items.stream().map(createdAt).allMatch(created -> created != null && created.isBefore(end));
    }
}
