package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.emulator.Emulator;
import io.quarkiverse.openai.batch.emulator.EmulatorOptions;
import io.quarkiverse.openai.batch.emulator.control.Ledger;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.Prices;
import io.quarkiverse.openai.batch.job.ResultOrder;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.InProcessTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.method.SourceMethod;
import io.quarkiverse.openai.batch.runtime.job.openai.OpenAiProvider;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ProviderFiles;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.ResubmitUnknown;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.ManualTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.store.SettableClock;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

/**
 * A runner, an emulator, and a clock that both share. Tasks run on the thread of the test, in order of time, while it is in
 * {@link #until} or {@link #await}; the clock jumps from one to the next, so that no test waits.
 */
final class JobBench implements AutoCloseable {

    static final int LINES_A_CHUNK = 100;

    private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");
    private static final int MOST_TASKS = 100_000;
    private static final Duration AT_MOST = Duration.ofSeconds(40);

    final SettableClock clock = new SettableClock(START);
    final Emulator emulator;
    private final Path root;
    private final OpenAiBatch client;
    JobSettings settings = JobSettings.of(LineLimits.OPENAI.withRequests(LINES_A_CHUNK)).withPolls(Duration.ofSeconds(5),
            Duration.ofSeconds(60));
    UnaryOperator<JobStore> storeWrap = UnaryOperator.identity();
    UnaryOperator<JobClient> clientWrap = UnaryOperator.identity();
    String account = "account";
    List<SourceMethod> sources = List.of();
    List<HandlerMethod> handlers = List.of();
    final Queue<Object> events = new ConcurrentLinkedQueue<>();
    Consumer<Object> observer = events::add;
    JobStore store;
    private boolean threads;
    private ManualTaskQueue queue;
    private JobDirectory directory;
    private JobRunner runner;

    JobBench() {
        this(1);
    }

    /**
     * @param pace speed of the emulator's batches; 1 is 100 lines in 11 seconds
     */
    JobBench(double pace) {
        emulator = Emulator.start(EmulatorOptions.builder().clock(clock).speed(pace).build());
        client = OpenAiBatch.builder().baseUrl(emulator.baseUrl().toString()).apiKey("key").retry(RetryOptions.none())
                .submissionIds(false).build();
        root = newRoot();
    }

    private static Path newRoot() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "jobs")), "bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs tasks on threads, as applications do; the clock then moves ten minutes a second while the test waits. */
    JobBench onThreads() {
        threads = true;
        return this;
    }

    private JobBench with(UnaryOperator<JobSettings> change) {
        settings = change.apply(settings);
        return this;
    }

    JobBench limits(LineLimits limits) {
        return with(s -> s.withLimits(limits));
    }

    JobBench settle(Duration settle) {
        return with(s -> s.withSettle(settle, s.callTimeout()));
    }

    JobBench cancelTimeout(Duration timeout) {
        return with(s -> s.withCancelTimeout(timeout));
    }

    JobBench activeBatches(int batches) {
        return with(s -> s.withRoom(0, batches, 0));
    }

    JobBench resubmitUnknown(ResubmitUnknown which) {
        return with(s -> s.withAttempts(3, which));
    }

    JobBench results(StoredResults results) {
        return with(s -> s.withRetention(results, s.providerFiles(), s.retention()));
    }

    JobBench providerFiles(ProviderFiles files) {
        return with(s -> s.withRetention(s.results(), files, s.retention()));
    }

    JobBench retention(Duration time) {
        return with(s -> s.withRetention(s.results(), s.providerFiles(), Optional.of(time)));
    }

    /** What a million tokens of prompts and of answers cost. */
    JobBench prices(String input, String output) {
        return with(s -> s.withPrices(
                Prices.none().withModel("gpt-6-luna", new BigDecimal(input), new BigDecimal(output))));
    }

    /** The runner; started again on the same directory if it was stopped. */
    synchronized JobRunner runner() {
        if (runner == null) {
            directory = JobDirectory.open(root);
            store = storeWrap.apply(new DirectoryJobStore(directory, clock.steady()));
            Function<String, JobClient> clients = name -> clientWrap
                    .apply(new JobClient(new OpenAiProvider(client.batches(), client.files(), "batch", () -> {
                    }), settings, account));
            queue = new ManualTaskQueue(clock);
            SteadyClock steady = clock.steady();
            runner = new JobRunner(new JobEnvironment(store,
                    threads ? new InProcessTaskQueue(steady, 4, Duration.ofMillis(5)) : queue, directory,
                    new Scratch(root.resolve("scratch")), steady, clients, Traces.NONE),
                    new JobMethods(sources, handlers, List.of(), List.of()),
                    (job, event) -> observer.accept(event));
            runner.start();
        }
        return runner;
    }

    synchronized void stop() {
        if (runner != null) {
            runner.close();
            directory.close();
            runner = null;
        }
    }

    static JobSpec spec(String name, int lines) {
        return JobSpec.named(name).requests(() -> requests(lines));
    }

    static Stream<BatchRequest> requests(int lines) {
        return IntStream.range(0, lines).mapToObj(n -> BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n));
    }

    BatchJob submit(int lines) {
        return runner().submit(spec("numbers", lines));
    }

    BatchJob job() {
        return runner().find("numbers").orElseThrow();
    }

    JobReport await(BatchJob job) {
        until("it ends or waits for a person", job.name(), report -> report.state() != JobState.RUNNING
                && report.state() != JobState.CANCELLING);
        until("its end is announced", () -> store.job(job.name())
                .filter(row -> row.state().isTerminal() && !row.announced()).isEmpty());
        try {
            return job.await(AT_MOST);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("The job has not ended: " + job.report() + store.chunks(job.name()), e);
        }
    }

    /** Runs a job to its end, and checks that each line has one outcome. */
    JobReport run(int lines) {
        JobReport report = await(submit(lines));
        assertThat(report.state()).isEqualTo(JobState.FINISHED);
        assertEachLineOnce(lines);
        return report;
    }

    void assertEachLineOnce(int lines) {
        try (Stream<BatchResult> results = job().results()) {
            List<String> ids = results.map(BatchResult::customId).sorted().toList();
            assertThat(ids).isEqualTo(requests(lines).map(BatchRequest::customId).sorted().toList());
        }
        assertThat(job().report().outcomes().values().stream().mapToLong(Long::longValue).sum()).isEqualTo(lines);
    }

    List<BatchResult> inOrder() {
        try (Stream<BatchResult> results = job().results(ResultOrder.INPUT)) {
            return results.toList();
        }
    }

    void until(String what, Predicate<JobReport> condition) {
        until(what, "numbers", condition);
    }

    void until(String what, String job, Predicate<JobReport> condition) {
        until(what, () -> condition.test(runner().find(job).orElseThrow().report()));
    }

    void untilBatches(String what, Predicate<List<JsonNode>> condition) {
        until(what, () -> condition.test(emulator.batches()));
    }

    /** Runs tasks until the condition holds. */
    void until(String what, BooleanSupplier condition) {
        if (threads) {
            Awaitility.await(what).atMost(AT_MOST).pollInterval(Duration.ofMillis(5)).until(() -> isNow(condition));
            return;
        }
        for (int tasks = 0; !condition.getAsBoolean(); tasks++) {
            assertThat(tasks < MOST_TASKS && queue.runNext()).as(what).isTrue();
        }
    }

    private boolean isNow(BooleanSupplier condition) {
        boolean is = condition.getAsBoolean();
        if (!is) {
            clock.advance(Duration.ofSeconds(3));
        }
        return is;
    }

    /** By another way than the job's. */
    void cancelAsSomebodyElse(String batch) {
        client.batches().cancelBatch(batch);
    }

    long ownBatches() {
        return emulator.batches().stream().filter(batch -> !batch.path("foreign").asBoolean()).count();
    }

    Ledger.Summary ledger() {
        return emulator.ledger().summary();
    }

    @Override
    public void close() {
        stop();
        client.close();
        emulator.close();
    }
}
