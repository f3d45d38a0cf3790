package io.quarkiverse.openai.batch.runtime.job.spool;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;

/** Where the lines of a job come from. */
public final class JobSource {

    private final Supplier<Stream<BatchRequest>> requests;
    private final boolean oneShot;
    private final AtomicBoolean opened = new AtomicBoolean();

    JobSource(Supplier<Stream<BatchRequest>> requests, boolean oneShot) {
        this.requests = requests;
        this.oneShot = oneShot;
    }

    /**
     * The lines from the first one on.
     *
     * @throws SourceException if it was opened before and is good for one time
     */
    public Stream<BatchRequest> open() {
        if (opened.getAndSet(true) && oneShot) {
            throw new SourceException("its source can be read once, and reading it was broken off. Submit it again to continue",
                    null);
        }
        return requests.get();
    }
}
