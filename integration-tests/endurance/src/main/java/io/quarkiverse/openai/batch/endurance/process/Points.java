package io.quarkiverse.openai.batch.endurance.process;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import io.quarkiverse.openai.batch.endurance.process.Plan.Action;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * The points of a process at which something happens to it: before and after each effect outside the process, and before and
 * after each handled line. It prints each move of a chunk from one state to another, and counts calls as signs of life.
 */
final class Points {

    private static final Set<String> EFFECTS = Set.of("upload", "delete", "content", "create", "stop");
    private static final Set<String> WRITES = Set.of("insert", "update", "learn", "decide", "dropChunks", "delete");

    private final Plan plan;
    private final int handledPoint;
    private final BiConsumer<Action, String> actor;
    private final AtomicInteger points = new AtomicInteger();
    private final AtomicInteger handledPoints = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final Set<String> moves = ConcurrentHashMap.newKeySet();

    /**
     * @param handledPoint at which it halts, counted from 1, two a line that is handled; 0 for never
     * @param after the time after which it halts, which may be in the middle of an effect; zero for never
     * @param actor does what happens, at a place
     */
    Points(Plan plan, int handledPoint, Duration after, BiConsumer<Action, String> actor) {
        this.plan = plan;
        this.handledPoint = handledPoint;
        this.actor = actor;
        if (!after.isZero()) {
            Thread timer = new Thread(() -> haltAfter(after), "halt");
            timer.setDaemon(true);
            timer.start();
        }
    }

    private void haltAfter(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            return;
        }
        actor.accept(Action.HALT, "at some time");
    }

    /** Number of calls of the store and the provider until now. */
    int calls() {
        return calls.get();
    }

    private void pass(String where) {
        plan.at(points.incrementAndGet()).forEach(action -> actor.accept(action, where));
    }

    private void passHandled(String where) {
        if (handledPoints.incrementAndGet() == handledPoint) {
            actor.accept(Action.HALT, where);
        }
    }

    /** The work of a handler on a line. */
    void handle(Callable<?> handling) throws Exception {
        passHandled("before handling");
        handling.call();
        passHandled("after handling");
    }

    private <T> T effect(String name, Callable<T> effect) throws Exception {
        pass("before " + name);
        try {
            return effect.call();
        } finally {
            pass("after " + name);
        }
    }

    JobClient of(JobClient client) {
        return new JobClient(around(BatchProvider.class, client.provider(), EFFECTS), client.settings(), client.account());
    }

    JobStore of(JobStore store) {
        return around(JobStore.class, store, WRITES);
    }

    private <T> T around(Class<T> type, T target, Set<String> effects) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
            if (method.isDefault()) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            calls.incrementAndGet();
            Object argument = arguments == null ? null : arguments[0];
            try {
                if (argument instanceof ChunkRow chunk && target instanceof JobStore store) {
                    tellMove(store, chunk);
                }
                return effects.contains(method.getName())
                        ? effect(described(method.getName(), argument), () -> method.invoke(target, arguments))
                        : method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private void tellMove(JobStore store, ChunkRow chunk) {
        String from = store.chunk(chunk.job(), chunk.number()).map(row -> row.state().name()).orElse("NEW");
        String move = from + " " + chunk.state();
        if (!from.equals(chunk.state().name()) && moves.add(move)) {
            JobProcess.print("#" + move);
        }
    }

    private static String described(String operation, Object row) {
        return row instanceof ChunkRow chunk ? operation + " of a chunk as " + chunk.state()
                : row instanceof JobRow job ? operation + " of a job as " + job.state() : operation;
    }
}
