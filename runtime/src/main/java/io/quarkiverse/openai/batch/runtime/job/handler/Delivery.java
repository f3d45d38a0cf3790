package io.quarkiverse.openai.batch.runtime.job.handler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.result.StoredResult;

/** Calls a handler, three times if it throws. */
final class Delivery {

    private static final Logger LOG = Logger.getLogger(Delivery.class);

    private static final int ATTEMPTS = 3;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final HandlerMethod handler;
    private final String job;
    private final BooleanSupplier stopping;

    /**
     * @param stopping whether the process stops, so that a failure is not the handler's
     */
    Delivery(HandlerMethod handler, String job, BooleanSupplier stopping) {
        this.handler = handler;
        this.job = job;
        this.stopping = stopping;
    }

    /**
     * Hands results over, one at a time if they fail together.
     *
     * @return those that the handler failed at
     * @throws CancellationException if the process stops meanwhile
     */
    List<StoredResult> deliver(List<StoredResult> results) {
        if (handler.takesList() && handles(results)) {
            return List.of();
        }
        List<StoredResult> failed = new ArrayList<>();
        for (StoredResult result : results) {
            if (handler.takesList() && results.size() == 1 || !handles(List.of(result))) {
                failed.add(result);
            }
        }
        return failed;
    }

    private boolean handles(List<StoredResult> stored) {
        List<BatchResult> results = stored.stream().map(StoredResult::result).toList();
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                handler.handle(job, results);
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("The handler was interrupted");
            } catch (Exception | AssertionError | LinkageError e) {
                stopOrLog(attempt, results, e);
            }
            pause(attempt);
        }
        return false;
    }

    private void stopOrLog(int attempt, List<BatchResult> results, Throwable e) {
        if (stopping.getAsBoolean()) {
            throw new CancellationException("The process stops");
        }
        LOG.warnf("%s failed at line %s of job %s with a %s, for the %d. time of %d", handler.method(),
                SafeText.of(results.get(0).customId(), 64), job, e.getClass().getName(), attempt, ATTEMPTS);
        LOG.debug("The handler's failure", e);
    }

    private static void pause(int attempt) {
        if (attempt == ATTEMPTS) {
            return;
        }
        try {
            Thread.sleep(PAUSE.toMillis() * attempt * attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The wait for a handler was interrupted");
        }
    }
}
