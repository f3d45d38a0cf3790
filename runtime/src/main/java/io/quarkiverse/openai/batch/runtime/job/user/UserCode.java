package io.quarkiverse.openai.batch.runtime.job.user;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.trace.Subject;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

/**
 * The border between the engine and the application's code. It catches whatever that code throws, and owns the interrupt flag
 * of its threads: an interrupt reaches the code that it is meant for and nothing after it.
 */
public final class UserCode {

    private static final Logger LOG = Logger.getLogger(UserCode.class);

    /** Failures whose trace was logged are known up to this number. */
    private static final int MOST_TRACED = 1_000;

    /** What the application's code does for jobs. */
    public enum Kind {
        /** Gives the lines of a job. */
        SOURCE,
        /** Checks the answers of a job. */
        CHECK,
        /** Takes the results of a job. */
        HANDLER,
        /** Observes events of a job. */
        OBSERVER
    }

    /** Code of the application, which may throw anything. */
    @FunctionalInterface
    public interface Code<T> {

        T call() throws Throwable;
    }

    private final Set<Call> calls = ConcurrentHashMap.newKeySet();
    private final Set<String> traced = ConcurrentHashMap.newKeySet();
    private final Traces traces;
    private volatile boolean stopping;

    public UserCode(Traces traces) {
        this.traces = traces;
    }

    /**
     * Calls the application's code on this thread.
     *
     * @param of a job, or a chunk of one
     * @throws UserCodeException if it throws anything
     * @throws CancellationException if it was interrupted by {@link #interrupt} or {@link #stop}, or is called after a stop
     */
    public <T> T call(Kind kind, String of, Code<T> code) throws UserCodeException {
        requireRunning();
        return finish(kind, of, code);
    }

    /**
     * Calls the application's code, also after a stop: it ends what an earlier call began.
     *
     * @throws UserCodeException if it throws anything
     * @throws CancellationException if it was interrupted
     */
    public <T> T finish(Kind kind, String of, Code<T> code) throws UserCodeException {
        Call call = new Call(kind, of);
        calls.add(call);
        try (Traces.Span span = span(kind)) {
            return call(code, span);
        } catch (Throwable e) {
            requireRunning();
            if (call.interrupted) {
                throw new CancellationException("The %s of %s was interrupted".formatted(kind, of));
            }
            throw new UserCodeException(e);
        } finally {
            calls.remove(call);
            call.leave();
        }
    }

    /** Of a call; a source is called for each of its lines, and its span is that of the step which reads it. */
    private Traces.Span span(Kind kind) {
        return kind == Kind.SOURCE ? Traces.Span.NONE
                : traces.begin(kind.name().toLowerCase(Locale.ROOT), Subject.NONE);
    }

    private static <T> T call(Code<T> code, Traces.Span span) throws Throwable {
        try {
            return code.call();
        } catch (Throwable e) {
            span.failed(e);
            throw e;
        }
    }

    private void requireRunning() {
        if (stopping) {
            throw new CancellationException("The process stops");
        }
    }

    /** Interrupts the calls of a kind that are under way. */
    public void interrupt(Kind kind, String of) {
        calls(kind, of).forEach(Call::interrupt);
    }

    /** Whether a call of a kind is under way for longer than this. */
    public boolean isLongerThan(Duration time, Kind kind, String of) {
        return calls(kind, of).anyMatch(call -> System.nanoTime() - call.start > time.toNanos());
    }

    /** How many calls of any kind are under way for longer than this. */
    public long longerThan(Duration time) {
        return calls.stream().filter(call -> System.nanoTime() - call.start > time.toNanos()).count();
    }

    private Stream<Call> calls(Kind kind, String of) {
        return calls.stream().filter(call -> call.kind == kind && call.of.equals(of));
    }

    /** Interrupts all calls, and lets no others begin. */
    public void stop() {
        stopping = true;
        calls.forEach(Call::interrupt);
    }

    public boolean isStopping() {
        return stopping;
    }

    /** Logs a failure, with its trace when it is first seen: later ones from the same place have theirs at DEBUG. */
    public void log(UserCodeException e, String message) {
        Throwable thrown = e.getCause();
        StackTraceElement[] trace = thrown.getStackTrace();
        String place = thrown.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
        if (traced.size() < MOST_TRACED && traced.add(place)) {
            LOG.warn(message, thrown);
        } else {
            LOG.debug(message, thrown);
        }
    }

    private static final class Call {

        private final Kind kind;
        private final String of;
        private final Thread thread = Thread.currentThread();
        private final long start = System.nanoTime();
        private volatile boolean interrupted;
        private boolean left;

        Call(Kind kind, String of) {
            this.kind = kind;
            this.of = of;
        }

        synchronized void interrupt() {
            if (!left) {
                interrupted = true;
                thread.interrupt();
            }
        }

        /** Clears the flag, whoever set it. */
        synchronized void leave() {
            left = true;
            Thread.interrupted();
        }
    }
}
