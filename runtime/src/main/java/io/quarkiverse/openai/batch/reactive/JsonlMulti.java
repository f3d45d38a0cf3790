package io.quarkiverse.openai.batch.reactive;

import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Reads JSONL files as a {@link Multi}. */
public final class JsonlMulti {

    private JsonlMulti() {
    }

    /**
     * The lines of a reader, read on a worker thread, and no faster than they are asked for. The file is closed at the end and
     * when the subscription is cancelled. Fails with what the reader throws.
     *
     * @param reader such as {@code JsonlReader.results(file)}
     */
    public static <T> Multi<T> of(JsonlReader<T> reader) {
        return Multi.createFrom().items(reader::stream).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
