package io.quarkiverse.openai.batch.emulator.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.quarkiverse.openai.batch.emulator.Limits;
import io.quarkiverse.openai.batch.emulator.file.NewFile;
import io.quarkiverse.openai.batch.emulator.file.StoredFile;

/**
 * A batch and its way through the states. There are no timers: its state is a function of the clock, worked out by
 * {@link #advance} whenever somebody looks.
 */
public final class Batch {

    private static final Duration COMPLETION_WINDOW = Duration.ofHours(24);
    private static final Duration OUTPUT_RETENTION = Duration.ofDays(30);

    private final String id;
    private final BatchSpec spec;
    private final BatchEnvironment environment;
    private final Results results;
    private final Map<BatchStatus, Instant> reachedAt = new EnumMap<>(BatchStatus.class);
    private BatchStatus status;
    private Validation validation;
    private Execution execution;
    private EnqueuedTokens.Entry enqueued;
    private StoredFile outputFile;
    private StoredFile errorFile;

    Batch(String id, BatchSpec spec, Instant createdAt, BatchEnvironment environment) {
        this.id = id;
        this.spec = spec;
        this.environment = environment;
        this.results = new Results(id, newResultFile(), newResultFile());
        reach(BatchStatus.VALIDATING, createdAt);
    }

    private ResultFile newResultFile() {
        return new ResultFile(environment.files().newPath());
    }

    public String id() {
        return id;
    }

    BatchSpec spec() {
        return spec;
    }

    Instant createdAt() {
        return reachedAt.get(BatchStatus.VALIDATING);
    }

    Instant expiresAt() {
        return createdAt().plus(COMPLETION_WINDOW);
    }

    synchronized BatchStatus status() {
        return status;
    }

    /** When a state was reached, or null if it was not. */
    Instant reachedAt(BatchStatus state) {
        return reachedAt.get(state);
    }

    /** What validation found, or null before it. */
    Validation validation() {
        return validation;
    }

    Results results() {
        return results;
    }

    /** The output file, or null as long as there is none. */
    StoredFile outputFile() {
        return outputFile;
    }

    /** The error file, or null as long as there is none. */
    StoredFile errorFile() {
        return errorFile;
    }

    /** Moves the batch to the state it has at a time. */
    synchronized void advance(Instant now) {
        try {
            boolean moved;
            do {
                moved = switch (status) {
                    case VALIDATING -> validate(now);
                    case IN_PROGRESS -> execute(now);
                    case FINALIZING -> complete(now);
                    case CANCELLING -> finishCancelling(now);
                    default -> false;
                };
            } while (moved);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Cancels a batch that is not terminal; a batch that is being cancelled stays so.
     *
     * @return false if it is terminal
     */
    synchronized boolean cancel(Instant now) {
        advance(now);
        if (status.terminal()) {
            return false;
        }
        if (status != BatchStatus.CANCELLING) {
            if (execution != null) {
                execution.stop();
            }
            reach(BatchStatus.CANCELLING, now);
        }
        return true;
    }

    private boolean validate(Instant now) throws IOException {
        Instant end = createdAt().plus(environment.pace().step());
        if (now.isBefore(end)) {
            return false;
        }
        Limits limits = environment.limits().get();
        validation = new InputValidator(spec.endpoint(), limits).validate(spec.input());
        if (validation.passed()) {
            enqueue(end, limits);
        }
        if (!validation.passed()) {
            end(BatchStatus.FAILED, end);
            return true;
        }
        execution = newExecution(end);
        reach(BatchStatus.IN_PROGRESS, end);
        return true;
    }

    private void enqueue(Instant at, Limits limits) {
        enqueued = environment.tokens().enqueue(validation.model(), validation.promptTokens(), at, limits.enqueuedTokens());
        if (enqueued == null) {
            validation = Validation.refused(new ValidationError("token_limit_exceeded", String.format(Locale.ROOT,
                    "Enqueued token limit reached for %s in organization %s. Limit: %,d enqueued tokens.",
                    validation.model(), spec.organization(), limits.enqueuedTokens()), null, null));
        }
    }

    private Execution newExecution(Instant at) {
        InputLines lines = new InputLines(spec.input().path());
        return environment.upstream() == null ? new OwnExecution(spec.endpoint(), lines, results, at.getEpochSecond())
                : new UpstreamExecution(environment.upstream(), spec.endpoint(), lines, results);
    }

    private boolean execute(Instant now) throws IOException {
        Instant start = reachedAt.get(BatchStatus.IN_PROGRESS);
        Instant until = now.isBefore(expiresAt()) ? now : expiresAt();
        long lines = validation.lines();
        long done = execution.executeTo(Math.min(lines, environment.pace().executedIn(Duration.between(start, until))));
        if (done == lines) {
            reach(BatchStatus.FINALIZING, execution.paced() ? start.plus(environment.pace().toExecute(lines)) : now);
            return true;
        }
        if (now.isBefore(expiresAt()) || !execution.stop()) {
            return false;
        }
        execution.abandon(Unexecuted.EXPIRED);
        end(BatchStatus.EXPIRED, expiresAt());
        return true;
    }

    private boolean complete(Instant now) {
        Instant end = reachedAt.get(BatchStatus.FINALIZING).plus(environment.pace().step());
        if (now.isBefore(end)) {
            return false;
        }
        end(BatchStatus.COMPLETED, end);
        return true;
    }

    private boolean finishCancelling(Instant now) throws IOException {
        Instant end = reachedAt.get(BatchStatus.CANCELLING).plus(environment.pace().step());
        if (now.isBefore(end) || execution != null && !execution.stop()) {
            return false;
        }
        if (execution != null) {
            execution.abandon(Unexecuted.CANCELLED);
        }
        end(BatchStatus.CANCELLED, end);
        return true;
    }

    private void end(BatchStatus terminal, Instant at) {
        outputFile = publish(results.output(), "output", at);
        errorFile = publish(results.error(), "error", at);
        spec.input().release();
        execution = null;
        if (enqueued != null) {
            environment.tokens().release(enqueued, at);
        }
        reach(terminal, at);
    }

    private StoredFile publish(ResultFile file, String kind, Instant at) {
        if (!file.written()) {
            return null;
        }
        Duration retention = spec.outputExpiresAfter() == null ? OUTPUT_RETENTION
                : Duration.ofSeconds(spec.outputExpiresAfter());
        return environment.files().add(
                new NewFile(id + "_" + kind + ".jsonl", "batch_output", file.path(), at, at.plus(retention)));
    }

    private void reach(BatchStatus state, Instant at) {
        status = state;
        reachedAt.put(state, at);
    }

    /** What validation found wrong; empty if nothing, or if it is not over. */
    List<ValidationError> errors() {
        return validation == null ? List.of() : validation.errors();
    }
}
