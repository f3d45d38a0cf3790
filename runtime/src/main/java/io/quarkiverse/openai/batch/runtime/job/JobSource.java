package io.quarkiverse.openai.batch.runtime.job;

import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;

/** Where the lines of a job come from. */
final class JobSource {

    private final JobSpec spec;
    private boolean opened;

    JobSource(JobSpec spec) {
        this.spec = spec;
    }

    /**
     * The lines from the first one on.
     *
     * @throws SourceException if it was opened before and is good for one time
     */
    synchronized Stream<BatchRequest> open() {
        if (opened && spec.isOneShot()) {
            throw new SourceException("its source can be read once, and reading it was broken off. Submit it again to go on",
                    null);
        }
        opened = true;
        return spec.requests().get();
    }
}
