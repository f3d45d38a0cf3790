package io.quarkiverse.openai.batch.runtime.job;

import io.quarkiverse.openai.batch.runtime.job.store.RowListener;

/** Watches the jobs of an application. It is told of each change of a row, and may ask for what is. */
public interface JobObserver extends RowListener {

    /** The jobs are open; what changes from now on is told. */
    void opened(JobRunner jobs);
}
