package io.quarkiverse.openai.batch.runtime.job;

import java.util.Optional;

import io.quarkiverse.openai.batch.job.JobConflictException;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.MetadataSize;
import io.quarkiverse.openai.batch.runtime.job.engine.JobTransitions;
import io.quarkiverse.openai.batch.runtime.job.engine.TaskDispatcher;
import io.quarkiverse.openai.batch.runtime.job.log.JobLog;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;
import io.quarkiverse.openai.batch.runtime.job.spool.Sources;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms.Guard;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;

/** Takes submissions of jobs: a new one, one to attach to, or another version of one that waits for a decision. */
final class Submission {

    private final JobEnvironment jobs;
    private final JobStore store;
    private final Sources sources;
    private final JobMethods methods;
    private final JobTransitions transitions;
    private final TaskDispatcher tasks;

    Submission(JobEnvironment jobs, Sources sources, JobMethods methods, JobTransitions transitions, TaskDispatcher tasks) {
        this.jobs = jobs;
        this.store = jobs.store();
        this.sources = sources;
        this.methods = methods;
        this.transitions = transitions;
        this.tasks = tasks;
    }

    /**
     * @throws StaleRowException if another process submits the job at the same time
     */
    void run(JobSpec spec) {
        check(spec);
        JobClient client = jobs.clients().apply(spec.client());
        if (client.settings().results() == StoredResults.DELETE_WHEN_HANDLED
                && methods.handlersOf(spec.name()).isEmpty()) {
            throw new IllegalArgumentException(("Job \"%s\" has no method with @OnBatchResult, and jobs.results="
                    + "delete-when-handled would delete its results unseen. Add one, or set jobs.results to keep")
                    .formatted(spec.name()));
        }
        JobTerms terms = terms(spec, client);
        Optional<JobRow> known = store.job(spec.name());
        if (known.isPresent() && !known.get().terms().version().equals(spec.version())) {
            replace(known.get(), spec, terms);
            return;
        }
        known.ifPresent(row -> attach(row, spec, client));
        if (known.filter(row -> row.spooled() || row.isStopped()).isEmpty()) {
            client.provider().requireReady();
            sources.offer(spec);
            store.offerSource(spec.name());
            // one whose source is gone again was interrupted just now
            transitions.wake(known.isEmpty() ? store.insert(JobRow.submitted(spec.name(), terms, jobs.clock().wall()))
                    : store.change(spec.name(), row -> row.state() == JobState.INTERRUPTED && sources.has(row.name())
                            ? row.in(JobState.RUNNING, null)
                            : row));
        }
    }

    void check(JobSpec spec) {
        if (spec.requests() == null && !sources.has(spec.name())) {
            throw new IllegalArgumentException(
                    "Job \"%s\" needs requests, or a method with @BatchSource for its name"
                            .formatted(spec.name()));
        }
    }

    private JobTerms terms(JobSpec spec, JobClient client) {
        MetadataSize.of(spec.tags()).check(client.settings().limits().metadata());
        return new JobTerms(spec.version(), spec.client(), client.account(), spec.isCheckedFirst(), spec.completionWindow(),
                spec.priority(), spec.tags(), spec.deadline(),
                new Guard(spec.maxTokens(), spec.maxCost(), spec.canaryLines(), spec.canaryFailures()),
                methods.handlersOf(spec.name()), jobs.traces().caller());
    }

    /** Another version replaces one that waits for a decision. */
    private void replace(JobRow job, JobSpec spec, JobTerms terms) {
        requireUndecided(job, spec);
        sources.replace(spec);
        tasks.forgetFailures(job);
        transitions.wake(store.change(job.name(), row -> requireUndecided(row, spec).resubmitted(terms)));
    }

    private static JobRow requireUndecided(JobRow job, JobSpec spec) {
        if (job.state() != JobState.PAUSED || job.control().question() == null) {
            throw new JobConflictException(
                    ("There is a job \"%s\" of version %s already. Submit version %s under another name, "
                            + "or submit the same version to attach to it")
                            .formatted(job.name(), job.terms().version(), spec.version()));
        }
        return job;
    }

    private static void attach(JobRow job, JobSpec spec, JobClient client) {
        if (!job.account().equals(client.account())) {
            throw new JobConflictException("Job \"%s\" belongs to the account %s, and the client \"%s\" is for %s"
                    .formatted(job.name(), job.account(), spec.client(), client.account()));
        }
        if (job.spooled()) {
            JobLog.attached(job);
        }
    }
}
