package io.quarkiverse.openai.batch.benchmarks.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.benchmarks.data.Tally;
import io.quarkiverse.openai.batch.benchmarks.ours.RequestsOfJsonl;
import io.quarkiverse.openai.batch.benchmarks.ours.ResultsOfJsonl;
import io.quarkiverse.openai.batch.benchmarks.work.Settings;
import io.quarkiverse.openai.batch.benchmarks.work.Task;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobReport.WaitsFor;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.DirectoryRunner;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;
import io.quarkus.runtime.RuntimeValue;

/** The stages of a job as the extension runs it: its runner on a directory, with a provider in this process. */
public final class JobStages {

    private static final String JOB = "reviews";
    private static final Duration POLL = Duration.ofMillis(20);

    private final Settings settings;
    private final Path directory;
    private JobRunner runner;
    private DiskProvider provider;
    private Tally.Sum handedOver;

    public JobStages(Settings settings) {
        this.settings = settings;
        this.directory = settings.directory().resolve("jobs");
    }

    public Map<String, Task> tasks() {
        return Map.of("spool", new Spool(), "collect", new Collect());
    }

    /** Reads the source of a new job into files of requests. */
    private final class Spool implements Task {

        @Override
        public void prepare() throws IOException {
            restart();
        }

        @Override
        public Tally run() throws InterruptedException {
            spool();
            return new Tally(settings.jobLines(), 0, 0);
        }
    }

    /** From the end of all batches to the end of the job, with a handler. */
    private final class Collect implements Task {

        @Override
        public void prepare() throws IOException, InterruptedException {
            restart();
            spool();
            provider.open();
            provider.awaitBatches();
        }

        @Override
        public Tally run() throws InterruptedException {
            provider.endAll();
            runner.recheck();
            JobReport report = job().await();
            if (report.state() != JobState.FINISHED) {
                throw new IllegalStateException(report.toString());
            }
            return handedOver.tally();
        }
    }

    private void restart() throws IOException {
        if (runner != null) {
            provider.open();
            runner.close();
        }
        delete();
        provider = new DiskProvider(settings);
        handedOver = new Tally.Sum();
        JobClient client = new JobClient(provider,
                JobSettings.of(LineLimits.OPENAI.withRequests(Settings.LINES_A_BATCH)).withPolls(POLL, POLL), "account");
        runner = DirectoryRunner.open(directory, null, DirectoryRunner.THREADS, name -> client,
                new JobMethods(List.of(), List.of(handler()), List.of(), List.of()),
                (job, event) -> {
                }, Traces.NONE);
        runner.start();
    }

    /** It takes a line a call, as most do. */
    private HandlerMethod handler() {
        return new HandlerMethod(JOB, "handler", HandlerMethod.Outcomes.ALL, null, false, false, false, false,
                new RuntimeValue<>((bean, arguments) -> {
                    synchronized (this) {
                        ResultsOfJsonl.pass((BatchResult) arguments[0], handedOver);
                    }
                    return null;
                }));
    }

    private void spool() throws InterruptedException {
        runner.submit(JobSpec.named(JOB).requests(() -> RequestsOfJsonl.requests(0, settings.jobLines())));
        while (isRead(job().report())) {
            Thread.sleep(POLL.toMillis());
        }
    }

    /** Whether the source of the job is still read. */
    private static boolean isRead(JobReport report) {
        return report.lines() == 0 || report.waits().stream().anyMatch(wait -> wait.what() == WaitsFor.SOURCE);
    }

    private BatchJob job() {
        return runner.find(JOB).orElseThrow();
    }

    private void delete() throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
