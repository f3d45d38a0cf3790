package io.quarkiverse.openai.batch.cli.job;

import io.quarkiverse.openai.batch.job.JobStoppedException;

/** A job does not continue by itself. The message tells why. */
public class StoppedJobException extends RuntimeException {

    private final String wayOn;

    StoppedJobException(JobStoppedException stopped, String wayOn) {
        super(stopped.getMessage(), stopped);
        this.wayOn = wayOn;
    }

    /** How to continue the job, for the end of the message; empty if that is not possible. */
    public String wayOn() {
        return wayOn;
    }
}
