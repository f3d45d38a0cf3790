package io.quarkiverse.openai.batch.runtime.job;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobProgress;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.ResultOrder;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.result.JobResults;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** A job by its name; all it knows is in the store. */
final class JobHandle implements BatchJob {

    private static final Duration PROGRESS_INTERVAL = Duration.ofMillis(250);

    private final String name;
    private final JobRunner runner;

    JobHandle(String name, JobRunner runner) {
        this.name = name;
        this.runner = runner;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JobReport report() {
        return runner.reports().report(runner.control().row(name));
    }

    @Override
    public JobReport await() {
        try {
            return await(Duration.ofNanos(Long.MAX_VALUE));
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public JobReport await(Duration atMost) throws TimeoutException {
        CompletableFuture<JobReport> ended = end();
        try {
            return ended.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("The wait was interrupted; the job continues");
        } catch (CancellationException e) {
            // get() wraps it since JDK 23
            throw e.getCause() instanceof CancellationException stopped ? stopped : e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException exception ? exception : new IllegalStateException(e.getCause());
        } finally {
            runner.signals().forget(name, ended);
        }
    }

    @Override
    public Uni<JobReport> completion() {
        return Uni.createFrom().<JobReport> emitter(emitter -> {
            CompletableFuture<JobReport> ended = end();
            emitter.onTermination(() -> runner.signals().forget(name, ended));
            ended.whenComplete((report, failure) -> {
                if (failure == null) {
                    emitter.complete(report);
                } else {
                    emitter.fail(failure);
                }
            });
        }).emitOn(Infrastructure.getDefaultExecutor());
    }

    private CompletableFuture<JobReport> end() {
        runner.environment().store().requireCommitted();
        JobRow row = runner.control().row(name);
        if (!row.isAtRest() && !runner.isOpen()) {
            throw new IllegalStateException(("Job \"%s\" is %s and was opened to read it, so that nobody waits for it here. "
                    + "Open its directory to run it").formatted(name, row.state()));
        }
        return runner.signals().end(name);
    }

    @Override
    public Multi<JobProgress> progress() {
        return Multi.createFrom().deferred(() -> {
            AtomicBoolean last = new AtomicBoolean();
            return Multi.createFrom().ticks().every(PROGRESS_INTERVAL).onOverflow().drop()
                    .map(tick -> progressNow())
                    .select().first(progress -> !last.getAndSet(!runner.isOpen() || JobRow.isAtRest(progress.state())))
                    .skip().repetitions();
        });
    }

    @Override
    public JobProgress progressNow() {
        return runner.reports().progress(runner.control().row(name));
    }

    @Override
    public Stream<BatchResult> results(ResultOrder order) {
        runner.environment().store().requireCommitted();
        JobRow row = runner.control().row(name);
        if (order == ResultOrder.INPUT && !row.state().isTerminal()) {
            throw new IllegalStateException("Results in input order can be read once job \"%s\" has ended; it is %s"
                    .formatted(name, row.state()));
        }
        JobResults results = runner.control().results(row);
        return order == ResultOrder.INPUT ? results.inInputOrder() : results.byCompletion();
    }

    @Override
    public void pause() {
        runner.control().pause(name);
    }

    @Override
    public void resume() {
        runner.control().resume(name);
    }

    @Override
    public long redeliver() {
        return runner.control().redeliver(name);
    }

    @Override
    public long rerun(Set<Outcome> outcomes) {
        return runner.rerun(name, (results, chunk) -> results.lines(chunk, outcomes));
    }

    @Override
    public long rerunIf(Predicate<BatchResult> which) {
        return runner.rerun(name, (results, chunk) -> results.lines(chunk, which));
    }

    @Override
    public void adopt(int chunk, String batchId) {
        runner.control().adopt(name, chunk, batchId);
    }

    @Override
    public int recollect() {
        return runner.control().recollect(name);
    }

    @Override
    public void cancel() {
        runner.control().cancel(name);
    }

    @Override
    public void delete() {
        runner.delete(name);
    }

    @Override
    public void deleteEverywhere() {
        runner.deleteEverywhere(name);
    }
}
