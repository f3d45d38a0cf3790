package io.quarkiverse.openai.batch.runtime.job.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.openai.batch.runtime.job.trace.Traces;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode.Kind;

class UserCodeTest {

    private final UserCode user = new UserCode(Traces.NONE);

    @AfterEach
    void clearFlag() {
        Thread.interrupted();
    }

    static Stream<Throwable> thrown() {
        return Stream.of(new IllegalStateException(), new SQLException(), new InterruptedException(),
                new CancellationException(), new StackOverflowError(), new OutOfMemoryError(), new Throwable());
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void whateverItThrowsIsItsFailure(Throwable thrown) {
        assertThatThrownBy(() -> user.call(Kind.HANDLER, "job", () -> {
            throw thrown;
        })).isInstanceOf(UserCodeException.class).hasCause(thrown);
    }

    @Test
    void theInterruptFlagEndsWithTheCall() throws Exception {
        boolean inside = user.call(Kind.HANDLER, "job", () -> {
            Thread.currentThread().interrupt();
            return Thread.currentThread().isInterrupted();
        });
        assertThat(inside).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private CompletableFuture<Object> blocked(Kind kind, String job) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Object> end = new CompletableFuture<>();
        new Thread(() -> {
            try {
                end.complete(user.call(kind, job, () -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return null;
                }));
            } catch (Throwable e) {
                end.complete(e);
            }
        }).start();
        begun.await();
        return end;
    }

    @Test
    void anInterruptReachesTheCallsOfOneKindOfOneJob() throws Exception {
        CompletableFuture<Object> source = blocked(Kind.SOURCE, "job");
        CompletableFuture<Object> handler = blocked(Kind.HANDLER, "job");
        CompletableFuture<Object> other = blocked(Kind.SOURCE, "other");
        user.interrupt(Kind.SOURCE, "job");
        assertThat(source.get()).isInstanceOf(CancellationException.class);
        assertThat(handler).isNotDone();
        assertThat(other).isNotDone();
        user.stop();
        assertThat(handler.get()).isInstanceOf(CancellationException.class);
        assertThat(other.get()).isInstanceOf(CancellationException.class);
    }

    @Test
    void anInterruptAfterACallReachesNothing() throws Exception {
        user.call(Kind.SOURCE, "job", () -> null);
        user.interrupt(Kind.SOURCE, "job");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void afterAStopNothingIsCalled() {
        user.stop();
        assertThatThrownBy(() -> user.call(Kind.SOURCE, "job", () -> {
            throw new AssertionError("it was called");
        })).isInstanceOf(CancellationException.class);
    }
}
