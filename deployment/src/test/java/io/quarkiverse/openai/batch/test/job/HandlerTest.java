package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkus.runtime.RuntimeValue;

/** A test of methods that take results. */
abstract class HandlerTest extends JobTest {

    final List<String> taken = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger calls = new AtomicInteger();

    @BeforeEach
    final void prepare() {
        taken.clear();
        calls.set(0);
    }

    interface Handler {

        void handle(List<String> ids) throws Throwable;
    }

    final HandlerMethod handler(String pattern, boolean takesList, Handler handler) {
        return new HandlerMethod(pattern, pattern, HandlerMethod.Outcomes.ALL, null, takesList, false, false, false,
                new RuntimeValue<>((bean, arguments) -> {
                    List<?> results = takesList ? (List<?>) arguments[0] : List.of(arguments[0]);
                    List<String> ids = results.stream().map(result -> ((BatchResult) result).customId()).toList();
                    calls.incrementAndGet();
                    try {
                        handler.handle(ids);
                    } catch (Throwable e) {
                        throw HandlerTest.<RuntimeException> sneaky(e);
                    }
                    taken.addAll(ids);
                    return null;
                }));
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E sneaky(Throwable e) throws E {
        throw (E) e;
    }

    final void handles(boolean takesList, Handler handler) {
        bench.handlers = List.of(handler("num*", takesList, handler));
    }

    final void isTakenOnce(int lines) {
        assertThat(taken).hasSize(lines).doesNotHaveDuplicates();
    }
}
