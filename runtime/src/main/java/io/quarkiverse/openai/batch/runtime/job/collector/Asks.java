package io.quarkiverse.openai.batch.runtime.job.collector;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.job.ResultsExpiredException;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.engine.JobReports;
import io.quarkiverse.openai.batch.runtime.job.engine.JobSignals;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Collector;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/** Those in this process who wait for the answers to requests. The results of a job are read once for all of them. */
final class Asks {

    private static final Logger LOG = Logger.getLogger(Asks.class);

    private final JobStore store;
    private final JobReports reports;
    private final Function<String, Stream<BatchResult>> results;
    private final Executor executor;
    private final Map<Collector, Map<String, CompletableFuture<BatchResult>>> waiting = new ConcurrentHashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile boolean closed;

    /**
     * @param results gives those of a job so far; the stream is closed
     * @param executor runs what reads results, and what the application does with answers
     */
    Asks(JobStore store, JobReports reports, Function<String, Stream<BatchResult>> results, Executor executor) {
        this.store = store;
        this.reports = reports;
        this.results = results;
        this.executor = executor;
    }

    /** Waits for a request that is stored. */
    CompletionStage<BatchResult> await(Collector collector, String customId) {
        CompletableFuture<BatchResult> answer = waiting.computeIfAbsent(collector, key -> new ConcurrentHashMap<>())
                .computeIfAbsent(customId, key -> new CompletableFuture<>());
        if (closed) {
            close();
        }
        executor.execute(() -> store.collected().jobs(collector, List.of(customId)).values().forEach(this::changed));
        return copy(answer);
    }

    /** One that its caller may cancel, with the failure itself. */
    private static CompletableFuture<BatchResult> copy(CompletableFuture<BatchResult> answer) {
        CompletableFuture<BatchResult> copy = new CompletableFuture<>();
        answer.whenComplete((result, failure) -> {
            if (failure == null) {
                copy.complete(result);
            } else {
                copy.completeExceptionally(failure);
            }
        });
        return copy;
    }

    /** A job has changed. Nothing is read on the thread that says so. */
    void changed(String job) {
        boolean mayBeOurs = waiting.keySet().stream().anyMatch(collector -> job.startsWith(collector.name()));
        if (mayBeOurs && changed.add(job) && !looking.getAndSet(true)) {
            executor.execute(this::look);
        }
    }

    private void look() {
        looking.set(false);
        for (String job : Set.copyOf(changed)) {
            changed.remove(job);
            try {
                store.job(job).ifPresent(this::answer);
            } catch (RuntimeException e) {
                LOG.warnf("The answers of job %s cannot be read now for those who asked: %s", job, e.getMessage());
            }
        }
    }

    private void answer(JobRow job) {
        boolean answered = job.spooled() && store.chunks(job.name()).stream().allMatch(chunk -> chunk.state().isCollected());
        if (answered || job.isAtRest()) {
            waiting.forEach((collector, asked) -> {
                Set<String> ofJob = ofJob(job.name(), collector, asked.keySet());
                if (!ofJob.isEmpty() && answered) {
                    complete(job.name(), asked, ofJob);
                } else if (!ofJob.isEmpty()) {
                    JobStoppedException stopped = JobSignals.stopped(job, reports.report(job));
                    ofJob.forEach(id -> take(asked, id).ifPresent(answer -> answer.completeExceptionally(stopped)));
                }
            });
        }
    }

    private Set<String> ofJob(String job, Collector collector, Set<String> asked) {
        Set<String> ofJob = new HashSet<>();
        if (!asked.isEmpty() && job.startsWith(collector.name())) {
            store.collected().jobs(collector, asked).forEach((id, jobOfId) -> {
                if (jobOfId.equals(job)) {
                    ofJob.add(id);
                }
            });
        }
        return ofJob;
    }

    private void complete(String job, Map<String, CompletableFuture<BatchResult>> asked, Set<String> ofJob) {
        try (Stream<BatchResult> all = results.apply(job)) {
            all.filter(result -> ofJob.contains(result.customId()))
                    .forEach(result -> take(asked, result.customId()).ifPresent(answer -> answer.complete(result)));
        } catch (ResultsExpiredException deleted) {
            ofJob.forEach(id -> take(asked, id).ifPresent(answer -> answer.completeExceptionally(deleted)));
        }
    }

    private static Optional<CompletableFuture<BatchResult>> take(Map<String, CompletableFuture<BatchResult>> asked, String id) {
        return Optional.ofNullable(asked.remove(id));
    }

    void close() {
        closed = true;
        waiting.values().forEach(asked -> Set.copyOf(asked.keySet()).forEach(id -> take(asked, id).ifPresent(
                answer -> answer.completeExceptionally(
                        new CancellationException("The application stops; its next start continues the job")))));
    }
}
