package io.quarkiverse.openai.batch.runtime.job;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A lock a name. Whoever waits for a job of one name, as for the end of a transaction that has submitted it, does not hold up
 * those of others.
 */
final class NameLocks {

    private final ConcurrentHashMap<String, Lock> locks = new ConcurrentHashMap<>();

    /** A lock, and how many have it or wait for it. */
    private static final class Lock extends ReentrantLock {

        private static final long serialVersionUID = 1L;

        private int users;
    }

    <T> T with(String name, Supplier<T> action) {
        Lock lock = locks.compute(name, (key, known) -> {
            Lock used = known == null ? new Lock() : known;
            used.users++;
            return used;
        });
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
            locks.compute(name, (key, known) -> --known.users == 0 ? null : known);
        }
    }
}
