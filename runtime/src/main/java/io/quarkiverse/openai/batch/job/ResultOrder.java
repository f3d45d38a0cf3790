package io.quarkiverse.openai.batch.job;

/** The order in which results are read. */
public enum ResultOrder {
    /** As they arrived, batch by batch. The cheapest order; possible while the job runs. */
    COMPLETION,
    /** The order of the requests. Possible once the job has ended. */
    INPUT
}
