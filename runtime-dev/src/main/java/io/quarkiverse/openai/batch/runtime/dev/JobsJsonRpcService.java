package io.quarkiverse.openai.batch.runtime.dev;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkus.runtime.annotations.DevMCPEnableByDefault;
import io.quarkus.runtime.annotations.JsonRpcDescription;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** The jobs of the application. */
public class JobsJsonRpcService {

    private static final int MOST_JOBS = 100;
    private static final int ANSWERS = 20;
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Set<Outcome> NOT_SUCCEEDED = EnumSet.complementOf(EnumSet.of(Outcome.SUCCEEDED));

    private final BatchJobs jobs;

    JobsJsonRpcService(BatchJobs jobs) {
        this.jobs = jobs;
    }

    @JsonRpcDescription("Lists the batch jobs of the application, the newest first: state, lines, outcomes, tokens and cost")
    @DevMCPEnableByDefault
    public List<JobView> jobs() {
        List<BatchJob> all = jobs.list(JobQuery.all());
        return Stream.iterate(all.size() - 1, n -> n >= 0, n -> n - 1).limit(MOST_JOBS).map(all::get)
                .flatMap(JobsJsonRpcService::view).toList();
    }

    /** Empty if it was deleted meanwhile. */
    private static Stream<JobView> view(BatchJob job) {
        try {
            return Stream.of(JobView.of(job));
        } catch (IllegalStateException deleted) {
            return Stream.empty();
        }
    }

    /** The same list whenever it changes. */
    public Multi<List<JobView>> watchJobs() {
        return Multi.createFrom().ticks().every(INTERVAL).onOverflow().drop()
                .emitOn(Infrastructure.getDefaultExecutor()).map(tick -> jobs()).skip().repetitions();
    }

    @JsonRpcDescription("Shows one batch job: its batches at the provider, what it waits for, tokens and the first errors")
    @DevMCPEnableByDefault
    public JobDetails job(@JsonRpcDescription("The name of the job") String name) {
        return jobs.find(name).map(JobDetails::of).orElse(JobDetails.NONE);
    }

    /** The first answers of a job. They may hold what others must not see, so they are no tool of an assistant. */
    public List<AnswerView> answers(String name) {
        Optional<BatchJob> job = jobs.find(name);
        if (job.isEmpty()) {
            return List.of();
        }
        try (Stream<BatchResult> results = job.get().results()) {
            return results.limit(ANSWERS).map(AnswerView::of).toList();
        } catch (RuntimeException e) {
            return List.of(new AnswerView(null, null, Done.refused(e.getMessage()).message()));
        }
    }

    @JsonRpcDescription("Pauses a batch job. Batches that run continue at the provider")
    @DevMCPEnableByDefault
    public Done pause(@JsonRpcDescription("The name of the job") String name) {
        return act(name, BatchJob::pause, "Job " + name + " is paused");
    }

    @JsonRpcDescription("Continues a paused batch job, and agrees to what it asks. It may send requests that cost money")
    public Done resume(@JsonRpcDescription("The name of the job") String name) {
        return act(name, BatchJob::resume, "Job " + name + " continues");
    }

    @JsonRpcDescription("Cancels a batch job: nothing more is sent, and its batches are cancelled at the provider")
    public Done cancel(@JsonRpcDescription("The name of the job") String name) {
        return act(name, BatchJob::cancel, "Job " + name + " is being cancelled");
    }

    @JsonRpcDescription("Sends the lines of an ended batch job again that did not succeed. Each costs again")
    public Done rerun(@JsonRpcDescription("The name of the job") String name) {
        return act(name, job -> job.rerun(NOT_SUCCEEDED) + " lines are sent again");
    }

    @JsonRpcDescription("Hands the results to the application's methods again at which these methods failed")
    public Done redeliver(@JsonRpcDescription("The name of the job") String name) {
        return act(name, job -> {
            long failed = job.redeliver();
            return failed == 0 ? "All results are handed over" : "The methods failed again " + failed + " times";
        });
    }

    private Done act(String name, Consumer<BatchJob> action, String done) {
        return act(name, job -> {
            action.accept(job);
            return done;
        });
    }

    private Done act(String name, Function<BatchJob, String> action) {
        return Done.of(() -> jobs.find(name).map(action)
                .orElseThrow(() -> new IllegalArgumentException("There is no job of the name " + name)));
    }
}
