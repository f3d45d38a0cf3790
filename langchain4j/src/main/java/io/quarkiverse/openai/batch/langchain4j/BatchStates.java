package io.quarkiverse.openai.batch.langchain4j;

import dev.langchain4j.model.batch.BatchState;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.jsonl.Outcome;

/** Makes langchain4j's state of the state of a job. */
final class BatchStates {

    private BatchStates() {
    }

    static BatchState of(JobReport job) {
        return switch (job.state()) {
            case RUNNING -> job.sending().batches() == 0 ? BatchState.PENDING : BatchState.RUNNING;
            case PAUSED, CANCELLING -> BatchState.RUNNING;
            // only if the process ended while it submitted; nothing was sent
            case INTERRUPTED -> BatchState.FAILED;
            case CANCELLED -> BatchState.CANCELLED;
            case FINISHED -> finished(job);
        };
    }

    private static BatchState finished(JobReport job) {
        if (job.count(Outcome.SUCCEEDED) > 0) {
            return BatchState.SUCCEEDED;
        }
        return job.count(Outcome.EXPIRED) == job.lines() ? BatchState.EXPIRED : BatchState.FAILED;
    }
}
