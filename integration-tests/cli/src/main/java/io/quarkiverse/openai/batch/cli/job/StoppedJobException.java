package io.quarkiverse.openai.batch.cli.job;

import io.quarkiverse.openai.batch.job.JobStoppedException;

/** A job does not go on by itself. The message tells why. */
public class StoppedJobException extends RuntimeException {

    private final String wayOn;

    StoppedJobException(JobStoppedException stopped, String wayOn) {
        super(stopped.getMessage(), stopped);
        this.wayOn = wayOn;
    }

    /** What goes on with it, to be said after the message; empty if nothing does. */
    public String wayOn() {
        return wayOn;
    }
}
