package io.quarkiverse.openai.batch.job;

/** In which order results are read. */
public enum ResultOrder {
    /** As they came in; those of one batch together. The cheapest, and possible while the job runs. */
    COMPLETION,
    /** As the requests were; possible once the job has ended. */
    INPUT
}
