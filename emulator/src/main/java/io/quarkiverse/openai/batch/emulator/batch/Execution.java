package io.quarkiverse.openai.batch.emulator.batch;

import java.io.IOException;

/** The execution of a batch's lines, one after the other. */
interface Execution {

    /**
     * Executes lines until so many are done or the deadline has passed, unless others do the work in their own time.
     *
     * @return how many lines are done
     */
    long executeTo(long target, Deadline deadline) throws IOException;

    /** Whether lines are done at the batch's pace; otherwise they are done when they are answered. */
    boolean paced();

    /** Starts no more lines; true if none is under way. */
    boolean stop();

    /** Reports all lines that were not executed. Only after {@link #stop} was true. */
    void abandon(Unexecuted reason) throws IOException;
}
