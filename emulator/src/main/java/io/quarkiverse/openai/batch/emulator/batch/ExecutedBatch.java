package io.quarkiverse.openai.batch.emulator.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkiverse.openai.batch.emulator.control.BatchFailure;
import io.quarkiverse.openai.batch.emulator.control.BatchFault;
import io.quarkiverse.openai.batch.emulator.control.BatchFault.Stop;
import io.quarkiverse.openai.batch.emulator.control.Faults.SeededBatchFault;
import io.quarkiverse.openai.batch.emulator.control.Limits;

/** A batch whose lines are executed. */
final class ExecutedBatch implements Batch {

    private final String id;
    private final BatchSpec spec;
    private final BatchEnvironment environment;
    private final BatchFault fault;
    private final ResultFiles files;
    private final Results results;
    private final Map<BatchStatus, Instant> reachedAt = new EnumMap<>(BatchStatus.class);
    private BatchStatus status;
    private Validation validation;
    private Execution execution;
    private EnqueuedTokens.Entry enqueued;

    ExecutedBatch(String id, BatchSpec spec, Instant createdAt, BatchEnvironment environment, SeededBatchFault fault) {
        this.id = id;
        this.spec = spec;
        this.environment = environment;
        this.fault = fault.fault();
        this.files = new ResultFiles(id, spec, environment.files(), fault);
        this.results = new Results(id, files, fault, environment.ledger());
        reach(BatchStatus.VALIDATING, createdAt);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Instant createdAt() {
        return reachedAt.get(BatchStatus.VALIDATING);
    }

    @Override
    public Duration listingLag() {
        return fault.listingLag();
    }

    @Override
    public Duration retrievalLag() {
        return fault.retrievalLag();
    }

    @Override
    public boolean foreign() {
        return false;
    }

    @Override
    public synchronized BatchStatus status() {
        return status;
    }

    @Override
    public synchronized ObjectNode toJson(Instant now, boolean truth) {
        return new BatchJson(this, truth ? SeededBatchFault.NONE.fault() : fault, now).toJson();
    }

    BatchSpec spec() {
        return spec;
    }

    Instant expiresAt() {
        return createdAt().plus(COMPLETION_WINDOW);
    }

    /** When a state was reached, or null if it was not. */
    Instant reachedAt(BatchStatus state) {
        return reachedAt.get(state);
    }

    /** What validation found, or null before it. */
    Validation validation() {
        return validation;
    }

    /** Why it failed; empty if it did not, or if it does not say so. */
    List<ValidationError> errors() {
        if (status == BatchStatus.FAILED && validation.passed()) {
            return fault.failure().map(failure -> List.of(error(failure))).orElse(List.of());
        }
        return validation == null ? List.of() : validation.errors();
    }

    Results results() {
        return results;
    }

    ResultFiles files() {
        return files;
    }

    @Override
    public synchronized void advance(Instant now, Deadline deadline) {
        try {
            boolean moved;
            do {
                moved = switch (status) {
                    case VALIDATING -> validate(now);
                    case IN_PROGRESS -> execute(now, deadline);
                    case FINALIZING -> complete(now);
                    case CANCELLING -> finishCancelling(now);
                    default -> false;
                };
            } while (moved);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized Cancellation cancel(Instant now) {
        advance(now, Deadline.NONE);
        if (status.terminal()) {
            return Cancellation.ENDED;
        }
        if (status == BatchStatus.CANCELLING) {
            return fault.refusesRepeatedCancel() ? Cancellation.REPEATED : Cancellation.ACCEPTED;
        }
        if (execution != null) {
            execution.stop();
        }
        reach(BatchStatus.CANCELLING, now);
        return Cancellation.ACCEPTED;
    }

    @Override
    public synchronized void discard() {
        if (status.terminal()) {
            return;
        }
        if (execution != null) {
            execution.stop();
        }
        files.discard();
        spec.input().release();
        status = BatchStatus.CANCELLED;
    }

    private boolean validate(Instant now) throws IOException {
        Instant end = createdAt().plus(environment.pace().step());
        if (now.isBefore(end)) {
            return false;
        }
        Limits limits = environment.limits().get();
        validation = fault.failure().isPresent() && fault.stop() != Stop.FAIL ? refused(fault.failure().get())
                : new InputValidator(spec.endpoint(), limits).validate(spec.input());
        if (validation.passed()) {
            enqueue(end, limits);
        }
        if (!validation.passed()) {
            end(BatchStatus.FAILED, end);
            return true;
        }
        execution = newExecution(end);
        if (fault.hasEarlyFileIds()) {
            files.publishEarly(end);
        }
        reach(BatchStatus.IN_PROGRESS, end);
        return true;
    }

    private static Validation refused(BatchFailure failure) {
        return Validation.refused(error(failure));
    }

    private static ValidationError error(BatchFailure failure) {
        return new ValidationError(failure.code(), failure.message(), failure.param(), failure.line());
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
                : new UpstreamExecution(environment.upstream(), spec.endpoint(), lines, results,
                        fault.executed(validation.lines()));
    }

    private boolean execute(Instant now, Deadline deadline) throws IOException {
        Instant start = reachedAt.get(BatchStatus.IN_PROGRESS);
        Instant until = now.isBefore(expiresAt()) ? now : expiresAt();
        long lines = fault.executed(validation.lines());
        long target = Math.min(lines, environment.pace().executedIn(Duration.between(start, until)));
        long executed = execution.executeTo(target, deadline);
        if (execution.paced() && executed < target) {
            return false;
        }
        boolean done = executed >= lines;
        Instant doneAt = execution.paced() ? start.plus(environment.pace().toExecute(lines)) : now;
        if (done && fault.stop() == null) {
            reach(BatchStatus.FINALIZING, doneAt);
            return true;
        }
        if (done && fault.stop() == Stop.EXPIRE) {
            return stop(Unexecuted.EXPIRED, BatchStatus.EXPIRED, doneAt);
        }
        if (done && fault.stop() == Stop.FAIL) {
            return stop(Unexecuted.FAILED, BatchStatus.FAILED, doneAt);
        }
        boolean over = !now.isBefore(expiresAt()) && fault.stop() != Stop.HANG;
        return over && stop(Unexecuted.EXPIRED, BatchStatus.EXPIRED, expiresAt());
    }

    private boolean stop(Unexecuted reason, BatchStatus terminal, Instant at) throws IOException {
        if (!execution.stop()) {
            return false;
        }
        execution.abandon(reason);
        end(terminal, at);
        return true;
    }

    private boolean complete(Instant now) throws IOException {
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

    private void end(BatchStatus terminal, Instant at) throws IOException {
        if (execution != null) {
            files.publish(at);
        }
        spec.input().release();
        execution = null;
        if (enqueued != null) {
            environment.tokens().release(enqueued, at);
        }
        reach(terminal, at);
    }

    private void reach(BatchStatus state, Instant at) {
        status = state;
        reachedAt.put(state, at);
    }
}
