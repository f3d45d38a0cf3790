package io.quarkiverse.openai.batch.endurance.process;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Halts the process, as a power failure does: before or after the n-th effect outside the process, before or after the n-th
 * handled line, or after a time, which may be in the middle of an effect. It prints the effect before it halts.
 */
final class Halting {

    private static final int HALTED = 86;
    private static final Set<String> EFFECTS = Set.of("upload", "delete", "content", "create", "stop");

    private final int point;
    private final int handledPoint;
    private final AtomicInteger points = new AtomicInteger();
    private final AtomicInteger handledPoints = new AtomicInteger();

    /**
     * @param point counted from 1, two an effect; 0 for never
     * @param handledPoint counted from 1, two a line that is handled; 0 for never
     * @param after zero for never
     */
    Halting(int point, int handledPoint, Duration after) {
        this.point = point;
        this.handledPoint = handledPoint;
        if (!after.isZero()) {
            Thread timer = new Thread(() -> haltAfter(after), "halt");
            timer.setDaemon(true);
            timer.start();
        }
    }

    private static void haltAfter(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            return;
        }
        halt("at some time");
    }

    private static synchronized void halt(String where) {
        System.out.println("@halted " + where);
        System.out.flush();
        Runtime.getRuntime().halt(HALTED);
    }

    private static void pass(AtomicInteger points, int point, String where) {
        if (points.incrementAndGet() == point) {
            halt(where);
        }
    }

    /** The work of a handler on a line. */
    void handle(Callable<?> handling) throws Exception {
        pass(handledPoints, handledPoint, "before handling");
        handling.call();
        pass(handledPoints, handledPoint, "after handling");
    }

    private <T> T effect(String name, Callable<T> effect) throws Exception {
        pass(points, point, "before " + name);
        try {
            return effect.call();
        } finally {
            pass(points, point, "after " + name);
        }
    }

    private <T> T stored(String name, Callable<T> effect) {
        try {
            return effect(name, effect);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    JobClient of(JobClient client) {
        return new JobClient(of(client.provider()), client.settings(), client.account());
    }

    private BatchProvider of(BatchProvider provider) {
        return (BatchProvider) Proxy.newProxyInstance(BatchProvider.class.getClassLoader(),
                new Class<?>[] { BatchProvider.class }, (proxy, method, arguments) -> {
                    try {
                        return EFFECTS.contains(method.getName())
                                ? effect(method.getName(), () -> method.invoke(provider, arguments))
                                : method.invoke(provider, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    JobStore of(JobStore store) {
        return new JobStore() {

            @Override
            public Optional<JobRow> job(String name) {
                return store.job(name);
            }

            @Override
            public List<JobRow> jobs() {
                return store.jobs();
            }

            @Override
            public void onChange(Consumer<String> listener) {
                store.onChange(listener);
            }

            @Override
            public JobRow insert(JobRow job) {
                return stored("storing of a new job", () -> store.insert(job));
            }

            @Override
            public JobRow update(JobRow job) {
                return stored("storing of a job as " + job.state(), () -> store.update(job));
            }

            @Override
            public Optional<ChunkRow> chunk(String job, int number) {
                return store.chunk(job, number);
            }

            @Override
            public List<ChunkRow> chunks(String job) {
                return store.chunks(job);
            }

            @Override
            public ChunkRow insert(ChunkRow chunk) {
                return stored("storing of a new chunk", () -> store.insert(chunk));
            }

            @Override
            public ChunkRow update(ChunkRow chunk) {
                return stored("storing of a chunk as " + chunk.state(), () -> store.update(chunk));
            }

            @Override
            public AccountRow account(String name) {
                return store.account(name);
            }

            @Override
            public AccountRow changeAccount(String name, UnaryOperator<AccountRow> change) {
                return stored("storing of an account", () -> store.changeAccount(name, change));
            }

            @Override
            public void dropChunks(String job) {
                stored("dropping of chunks", () -> {
                    store.dropChunks(job);
                    return null;
                });
            }

            @Override
            public void delete(JobRow job) {
                stored("deleting of a job", () -> {
                    store.delete(job);
                    return null;
                });
            }
        };
    }
}
