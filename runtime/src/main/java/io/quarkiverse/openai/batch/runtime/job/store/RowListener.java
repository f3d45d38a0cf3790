package io.quarkiverse.openai.batch.runtime.job.store;

import java.util.function.Consumer;

/**
 * Is told of each row that was written, before another one is. It must be quick, and must not wait for anything. A row that was
 * not stored before has version 0.
 */
public interface RowListener {

    RowListener NONE = new RowListener() {
    };

    default void changed(JobRow before, JobRow after) {
    }

    default void changed(ChunkRow before, ChunkRow after) {
    }

    default void deleted(JobRow job) {
    }

    /** One that only needs the names of the jobs. */
    static RowListener ofNames(Consumer<String> names) {
        return new RowListener() {
            @Override
            public void changed(JobRow before, JobRow after) {
                names.accept(after.name());
            }

            @Override
            public void changed(ChunkRow before, ChunkRow after) {
                names.accept(after.job());
            }

            @Override
            public void deleted(JobRow job) {
                names.accept(job.name());
            }
        };
    }

    /** Tells another one after this one. */
    default RowListener and(RowListener next) {
        RowListener first = this;
        return new RowListener() {
            @Override
            public void changed(JobRow before, JobRow after) {
                first.changed(before, after);
                next.changed(before, after);
            }

            @Override
            public void changed(ChunkRow before, ChunkRow after) {
                first.changed(before, after);
                next.changed(before, after);
            }

            @Override
            public void deleted(JobRow job) {
                first.deleted(job);
                next.deleted(job);
            }
        };
    }
}
