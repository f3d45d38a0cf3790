package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkus.runtime.RuntimeValue;

/** A transaction of a handler commits, and the connection breaks before the answer: the rows are there, and once. */
class ACommitWithoutAnAnswerIsNoFailureTest extends JobTest {

    /** Of the table of the application. */
    private final List<String> rows = new ArrayList<>();
    private final List<String> uncommitted = new ArrayList<>();
    private int commits;

    /** A store that shares transactions with the application; those that the predicate names are not answered. */
    private UnaryOperator<JobStore> transactional(Predicate<Integer> unanswered) {
        return store -> (JobStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { JobStore.class },
                (proxy, method, arguments) -> {
                    if (method.getName().equals("isTransactional")) {
                        return true;
                    }
                    if (method.getName().equals("change") && arguments.length == 4) {
                        commit(store, arguments, unanswered);
                        return null;
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private void commit(JobStore store, Object[] arguments, Predicate<Integer> unanswered) throws Exception {
        uncommitted.clear();
        ((JobStore.Code) arguments[2]).run();
        try {
            store.change((String) arguments[0], (int) arguments[1], (UnaryOperator<ChunkRow>) arguments[3]);
        } catch (RuntimeException e) {
            throw new JobStore.UncommittedException(e);
        }
        rows.addAll(uncommitted);
        if (unanswered.test(++commits)) {
            throw new IllegalStateException("The connection is broken");
        }
    }

    @SuppressWarnings("unchecked")
    private HandlerMethod handler(Predicate<List<BatchResult>> fails) {
        return new HandlerMethod("*", "handler", HandlerMethod.Outcomes.ALL, null, true, false, false, true,
                new RuntimeValue<>((bean, arguments) -> {
                    List<BatchResult> results = (List<BatchResult>) arguments[0];
                    results.forEach(result -> uncommitted.add(result.customId()));
                    if (fails.test(results)) {
                        throw new IllegalStateException("The handler fails");
                    }
                    return null;
                }));
    }

    private void run(int lines, Predicate<Integer> unanswered, Predicate<List<BatchResult>> fails) {
        rows.clear();
        commits = 0;
        bench.storeWrap = transactional(unanswered);
        bench.handlers = List.of(handler(fails));
        bench.await(bench.submit(lines));
        assertThat(rows).containsExactlyInAnyOrderElementsOf(
                IntStream.range(0, lines).mapToObj(n -> "line-" + n).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3 })
    void aList(int unanswered) {
        run(250, commit -> commit == unanswered, results -> false);
    }

    @Test
    void linesOneByOne() {
        run(9, commit -> commit % 2 == 1, results -> results.size() > 1);
    }

    /** Each line fails for a while, so that later ones are tried first. */
    @Test
    void linesThatFailedBefore() {
        List<String> failed = new ArrayList<>();
        run(9, commit -> commit % 2 == 1, results -> {
            String id = results.get(0).customId();
            boolean fails = results.size() > 1 || failed.stream().filter(id::equals).count() < 3 && !id.endsWith("2");
            failed.add(id);
            return fails;
        });
    }
}
