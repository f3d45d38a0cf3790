package io.quarkiverse.openai.batch.runtime.client.operation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** All items of a listing, page by page as they are asked for. */
public final class Listing<T> {

    private final BiFunction<String, Executor, Uni<Reply<Page<T>>>> pages;

    /**
     * @param pages reads the page at a cursor, null for the first
     */
    public Listing(BiFunction<String, Executor, Uni<Reply<Page<T>>>> pages) {
        this.pages = pages;
    }

    public Stream<T> stream() {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new PagingIterator(),
                Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    Multi<T> multi(Executor reader) {
        return Multi.createBy().repeating()
                .uni(Cursor::new, cursor -> pages.apply(cursor.position(), reader).map(Reply::value)
                        .invoke(page -> cursor.moveTo(page.next())))
                .whilst(page -> page.next() != null)
                .onItem().transformToMultiAndConcatenate(page -> Multi.createFrom().iterable(page.items()));
    }

    /** Where a reading stands. A cursor that comes up again would be read for ever. */
    static final class Cursor {

        private final Set<String> seen = new HashSet<>();
        private String position;

        String position() {
            return position;
        }

        void moveTo(String next) {
            if (next != null && !seen.add(next)) {
                throw new IllegalStateException("The provider's listing goes in a circle: its cursor came up twice");
            }
            position = next;
        }
    }

    private final class PagingIterator implements Iterator<T> {

        private final Cursor cursor = new Cursor();
        private final Deque<T> items = new ArrayDeque<>();
        private boolean ended;

        @Override
        public boolean hasNext() {
            while (items.isEmpty() && !ended) {
                Page<T> page = Blocking.await(reader -> pages.apply(cursor.position(), reader)).value();
                items.addAll(page.items());
                cursor.moveTo(page.next());
                ended = page.next() == null;
            }
            return !items.isEmpty();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return items.remove();
        }
    }
}
