package io.quarkiverse.openai.batch.runtime.job.spool;

import java.util.function.Supplier;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;

/** Where the lines of a job come from. */
public final class JobSource {

    private final Supplier<Stream<BatchRequest>> requests;
    private final boolean oneShot;
    private boolean opened;

    JobSource(Supplier<Stream<BatchRequest>> requests, boolean oneShot) {
        this.requests = requests;
        this.oneShot = oneShot;
    }

    /**
     * The lines from the first one on.
     *
     * @throws SourceException if it was opened before and is good for one time
     */
    public synchronized Stream<BatchRequest> open() {
        if (opened && oneShot) {
            throw new SourceException("its source can be read once, and reading it was broken off. Submit it again to go on",
                    null);
        }
        opened = true;
        return requests.get();
    }
}
