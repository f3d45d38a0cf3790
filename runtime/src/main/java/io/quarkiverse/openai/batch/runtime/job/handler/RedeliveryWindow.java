package io.quarkiverse.openai.batch.runtime.job.handler;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the lines that a handler is given and that are not stored as handed over yet: a restart after a crash hands them over
 * again. It counts those of all chunks, since several are handed over at a time.
 */
final class RedeliveryWindow {

    static final int LINES = 100;

    private final Semaphore free = new Semaphore(LINES, true);

    /** Those of one chunk, until it is closed: then they are stored. */
    final class Unstored implements AutoCloseable {

        private int lines;

        /** False if there was no room until then: what others have is not stored. */
        boolean add(int more, long untilNanos) {
            try {
                boolean room = free.tryAcquire(more, Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
                lines += room ? more : 0;
                return room;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("The wait for a handler was interrupted");
            }
        }

        @Override
        public void close() {
            free.release(lines);
        }
    }

    Unstored unstored() {
        return new Unstored();
    }
}
