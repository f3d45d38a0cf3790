package io.quarkiverse.openai.batch.endurance.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
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

    private static final Set<String> WRITES = Set.of("insert", "update", "changeAccount", "dropChunks", "delete");

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

    /** Only what writes a row is an effect. */
    JobStore of(JobStore store) {
        return (JobStore) Proxy.newProxyInstance(JobStore.class.getClassLoader(), new Class<?>[] { JobStore.class },
                (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    try {
                        return WRITES.contains(method.getName())
                                ? effect(describe(method.getName(), arguments[0]), () -> method.invoke(store, arguments))
                                : method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static String describe(String write, Object row) {
        return write + (row instanceof ChunkRow chunk ? " of a chunk as " + chunk.state()
                : row instanceof JobRow job ? " of a job as " + job.state() : "");
    }
}
