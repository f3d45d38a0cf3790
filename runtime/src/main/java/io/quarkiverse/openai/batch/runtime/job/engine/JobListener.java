package io.quarkiverse.openai.batch.runtime.job.engine;

/** Is notified of what happens to jobs: {@code JobProgressed}, {@code JobPaused}, {@code JobFinished}. */
@FunctionalInterface
public interface JobListener {

    JobListener NONE = (job, event) -> {
    };

    void happened(String job, Object event);
}
