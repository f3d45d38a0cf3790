package io.quarkiverse.openai.batch.test.job;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.runtime.job.JobClient;
import io.quarkiverse.openai.batch.runtime.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.store.JobRow;
import io.quarkiverse.openai.batch.runtime.store.JobStore;

/**
 * A process that halts at a point: before or after the n-th effect outside of it. From then on it can do nothing any more,
 * neither at the provider nor in the store.
 */
final class Halting {

    private static final Set<String> EFFECTS = Set.of("uploadFile", "deleteFile", "fileContent", "createBatch", "cancelBatch");

    private final int point;
    private final AtomicInteger points = new AtomicInteger();
    private volatile boolean halted;

    /**
     * @param point counted from 1, two an effect; 0 for never
     */
    Halting(int point) {
        this.point = point;
    }

    /** The process is gone. Nothing in it can catch this and go on. */
    static final class Halt extends Error {

        private static final long serialVersionUID = 1L;

        Halt() {
            super("halted", null, false, false);
        }
    }

    boolean hasHalted() {
        return halted;
    }

    int points() {
        return points.get();
    }

    private void pass() {
        if (halted || points.incrementAndGet() == point) {
            halted = true;
            throw new Halt();
        }
    }

    private void alive() {
        if (halted) {
            throw new Halt();
        }
    }

    private <T> T effect(Callable<T> effect) throws Exception {
        pass();
        T result = effect.call();
        pass();
        return result;
    }

    private <T> T stored(Callable<T> effect) {
        try {
            return effect(effect);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    JobClient of(JobClient client) {
        return new JobClient(of(BatchService.class, client.batches()), of(FileService.class, client.files()),
                client.settings(), client.account(), client.purpose());
    }

    private <T> T of(Class<T> type, T service) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
            alive();
            try {
                Object result = EFFECTS.contains(method.getName()) ? effect(() -> method.invoke(service, arguments))
                        : method.invoke(service, arguments);
                alive();
                return result;
            } catch (InvocationTargetException e) {
                alive();
                throw e.getCause();
            }
        }));
    }

    JobStore of(JobStore store) {
        return new JobStore() {

            @Override
            public Optional<JobRow> job(String name) {
                alive();
                return store.job(name);
            }

            @Override
            public List<JobRow> jobs() {
                alive();
                return store.jobs();
            }

            @Override
            public JobRow insert(JobRow job) {
                return stored(() -> store.insert(job));
            }

            @Override
            public JobRow update(JobRow job) {
                return stored(() -> store.update(job));
            }

            @Override
            public Optional<ChunkRow> chunk(String job, int number) {
                alive();
                return store.chunk(job, number);
            }

            @Override
            public List<ChunkRow> chunks(String job) {
                alive();
                return store.chunks(job);
            }

            @Override
            public ChunkRow insert(ChunkRow chunk) {
                return stored(() -> store.insert(chunk));
            }

            @Override
            public ChunkRow update(ChunkRow chunk) {
                return stored(() -> store.update(chunk));
            }

            @Override
            public void delete(String job) {
                stored(() -> {
                    store.delete(job);
                    return null;
                });
            }
        };
    }
}
