package io.quarkiverse.openai.batch.runtime.job.files;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The time in which a process may write. A thread that outlives it writes nothing. */
public final class Epoch {

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private String ended;

    /** A write that is under way; the epoch ends after it. */
    public interface Write extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * Begins a write.
     *
     * @throws EpochEndedException if the epoch has ended
     */
    public Write write() {
        lock.readLock().lock();
        if (ended != null) {
            String reason = ended;
            lock.readLock().unlock();
            throw new EpochEndedException(reason);
        }
        return lock.readLock()::unlock;
    }

    /**
     * Ends the epoch once the writes under way are complete.
     *
     * @param reason what later writes fail with
     * @return false if it had ended before
     */
    public boolean end(String reason) {
        lock.writeLock().lock();
        try {
            boolean first = ended == null;
            ended = first ? reason : ended;
            return first;
        } finally {
            lock.writeLock().unlock();
        }
    }
}
