package io.quarkiverse.openai.batch.runtime.client.operation;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.runtime.client.http.CallContext;
import io.quarkiverse.openai.batch.runtime.client.http.Reply;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** All items of a listing, page by page as they are asked for. */
public final class Listing<T> {

    private final BiFunction<String, CallContext, Uni<Reply<Page<T>>>> pages;
    private final CallOptions options;

    /**
     * @param pages reads the page at a cursor, null for the first
     */
    Listing(BiFunction<String, CallContext, Uni<Reply<Page<T>>>> pages, CallOptions options) {
        this.pages = pages;
        this.options = options;
    }

    public Stream<T> stream() {
        Cursor cursor = new Cursor();
        return Stream.iterate(new Page<T>(List.of(), null, null), Objects::nonNull,
                page -> cursor.isAtEnd() ? null : Blocking.await(options, call -> read(cursor, call)))
                .flatMap(page -> page.items().stream());
    }

    Multi<T> multi(Executor reader) {
        CallContext call = new CallContext(options, reader);
        return Multi.createBy().repeating().uni(Cursor::new, cursor -> read(cursor, call))
                .whilst(page -> page.next() != null)
                .onItem().transformToMultiAndConcatenate(page -> Multi.createFrom().iterable(page.items()));
    }

    private Uni<Page<T>> read(Cursor cursor, CallContext call) {
        return pages.apply(cursor.position(), call).map(Reply::value).invoke(page -> cursor.moveTo(page.next()));
    }

    /** Position of a reading. A cursor that comes up twice is refused: the reading would never end. */
    static final class Cursor {

        private final Set<String> seen = new HashSet<>();
        private String position;
        private boolean atEnd;

        String position() {
            return position;
        }

        boolean isAtEnd() {
            return atEnd;
        }

        void moveTo(String next) {
            if (next != null && !seen.add(next)) {
                throw new IllegalStateException("The provider's listing goes in a circle: its cursor came up twice");
            }
            position = next;
            atEnd = next == null;
        }
    }
}
