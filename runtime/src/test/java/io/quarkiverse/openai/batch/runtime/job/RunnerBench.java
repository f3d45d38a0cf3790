package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.method.CheckMethod;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.provider.FakeProvider;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.ManualTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.store.SettableClock;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

/**
 * A runner over a {@link FakeProvider}. Tasks run on the thread of the test, in order of time, while it is in {@link #until} or
 * {@link #run}; the clocks jump from one to the next. The provider has a clock of its own, which the wall clock's jumps do not
 * move.
 */
public final class RunnerBench implements AutoCloseable {

    public static final String JOB = "numbers";

    private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");
    private static final int MOST_TASKS = 100_000;

    private final Path root;
    public final SettableClock clock = new SettableClock(START);
    public final FakeProvider provider = new FakeProvider(clock.ofAnotherMachine());
    public JobSettings settings = JobSettings.of(LineLimits.OPENAI.withRequests(3)).withPolls(Duration.ofSeconds(5),
            Duration.ofSeconds(60));
    public UnaryOperator<JobStore> storeWrap = UnaryOperator.identity();
    public String account = "account";
    public Traces traces = Traces.NONE;
    public List<HandlerMethod> handlers = List.of();
    public List<CheckMethod> checks = List.of();
    public final List<Object> events = new ArrayList<>();
    private JobDirectory directory;
    private JobStore store;
    private ManualTaskQueue queue;
    private JobRunner runner;

    public RunnerBench(Path root) {
        this.root = root;
    }

    /** The runner; started again on the same directory if it was stopped. */
    public JobRunner runner() {
        if (runner == null) {
            directory = JobDirectory.open(root);
            store = storeWrap.apply(new DirectoryJobStore(directory, clock.steady()));
            queue = new ManualTaskQueue(clock);
            runner = new JobRunner(new JobEnvironment(store, queue, directory, new Scratch(root.resolve("scratch")),
                    clock.steady(), name -> new JobClient(provider, settings, account), traces),
                    new JobMethods(List.of(), handlers, checks, List.of()),
                    (job, event) -> events.add(event));
            runner.start();
        }
        return runner;
    }

    public void stop() {
        if (runner != null) {
            runner.close();
            directory.close();
            runner = null;
        }
    }

    public JobStore store() {
        runner();
        return store;
    }

    /** A job whose source is read. */
    public BatchJob submit(int lines) {
        BatchJob job = runner().submit(JobSpec.named(JOB).requests(() -> requests(lines)));
        until("its source is read", () -> store.job(JOB).orElseThrow().spooled());
        return job;
    }

    public static Stream<BatchRequest> requests(int lines) {
        return IntStream.range(0, lines).mapToObj(n -> BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n));
    }

    public BatchJob job() {
        return runner().find(JOB).orElseThrow();
    }

    public JobReport report() {
        return job().report();
    }

    public List<ChunkRow> chunks() {
        return store().chunks(JOB);
    }

    public ChunkRow chunk(int number) {
        return store().chunk(JOB, number).orElseThrow();
    }

    /** Runs tasks until the condition holds. */
    public void until(String what, BooleanSupplier condition) {
        runner();
        for (int tasks = 0; !condition.getAsBoolean(); tasks++) {
            assertThat(tasks < MOST_TASKS && queue.runNext()).as(() -> what + "; " + report() + chunks()).isTrue();
        }
    }

    /** Runs all tasks of this time, and moves the clocks. */
    public void run(Duration time) {
        runner();
        queue.runFor(time);
    }

    /** Runs tasks until the job has ended, completing its batches. */
    public JobReport finish() {
        until("it ends", () -> {
            provider.complete();
            return report().state().isTerminal();
        });
        return report();
    }

    /** What tasks have thrown. */
    public List<Throwable> failures() {
        return queue.failures();
    }

    @Override
    public void close() {
        stop();
    }
}
