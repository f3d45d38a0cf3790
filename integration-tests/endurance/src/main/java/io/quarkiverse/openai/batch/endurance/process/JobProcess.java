package io.quarkiverse.openai.batch.endurance.process;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DSYNC;

import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.openai.OpenAiProvider;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;
import io.quarkiverse.openai.batch.runtime.job.store.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.store.InProcessTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * A process that runs a job to its end, or halts before. At the end it says so, waits for a line, and then writes the
 * outcome of each line to {@link #OUTCOMES} in the directory of the job, unless the results were handed over.
 */
@QuarkusMain
public class JobProcess implements QuarkusApplication {

    /** The file of the outcomes: one id, a space and the outcome a line. */
    public static final String OUTCOMES = "outcomes.txt";
    /** The file of the outcomes that were handed over, in the same form. */
    public static final String HANDLED = "handled.txt";
    public static final String JOB = "numbers";

    private final ProcessOptions options = ProcessOptions.ofSystemProperties();
    private final SharedClock clock = new SharedClock(options.clockStart(), options.clockFactor());
    private final HandlerOptions handler = HandlerOptions.ofSystemProperties();
    private final Halting halting = new Halting(options.haltAt(), handler.haltAt(), options.haltAfter());
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    @Override
    public int run(String... args) throws IOException {
        Instant start = Instant.now();
        try (OpenAiBatch api = OpenAiBatch.builder().baseUrl(options.baseUrl()).apiKey("key").submissionIds(false)
                .retry(RetryOptions.backoff().withMaxRetries(options.maxRetries())).build();
                JobDirectory directory = JobDirectory.open(options.directory());
                JobRunner runner = runner(api, directory)) {
            runner.start();
            BatchJob job = runner.submit(spec());
            options.operator().take(job);
            JobReport report = await(runner, job);
            if (options.operator().rerun(job)) {
                report = await(runner, job);
            }
            say("ended lines=%d twins=%d resent=%d extra=%d batches=%d millis=%d heap=%d".formatted(report.lines(),
                    report.sending().duplicates(),
                    report.sending().resent(), report.results().ignored(), report.sending().batches(),
                    Duration.between(start, Instant.now()).toMillis(),
                    peakHeap()));
            System.in.read();
            if (options.results() == StoredResults.KEEP) {
                writeOutcomes(job);
            }
        }
        say("written");
        return 0;
    }

    private static void say(String text) {
        System.out.println("@" + text);
    }

    private JobRunner runner(OpenAiBatch api, JobDirectory directory) {
        JobSettings settings = JobSettings.of(LineLimits.OPENAI.withRequests(options.linesAChunk()))
                .withPolls(options.shortestPoll(), Duration.ofMinutes(1))
                .withRetention(options.results(), options.providerFiles(), Optional.empty());
        SteadyClock steady = new SteadyClock(clock, clock::nanos);
        JobClient client = halting
                .of(options.mutant()
                        .of(new JobClient(new OpenAiProvider(api.batches(), api.files(), "batch"), settings, "account")));
        return new JobRunner(new JobEnvironment(halting.of(new DirectoryJobStore(directory)),
                new InProcessTaskQueue(steady, 4, Duration.ofMillis(5)), directory,
                new Scratch(options.directory().resolve("scratch")), steady, name -> client),
                new JobMethods(List.of(), handlers(), List.of()), (job, event) -> {
                });
    }

    private List<HandlerMethod> handlers() {
        boolean takesList = handler.takesLists();
        return !options.handled() ? List.of()
                : List.of(new HandlerMethod(JOB, "handler", takesList, false, false, new RuntimeValue<>((bean, arguments) -> {
                    handle(takesList ? (List<?>) arguments[0] : List.of(arguments[0]));
                    return null;
                })));
    }

    /** The n-th list of a hundred fails once. */
    private void handle(List<?> results) throws Exception {
        String first = ((BatchResult) results.get(0)).customId();
        if (first.endsWith("00") && failed.add(first)) {
            throw new IllegalStateException("now and then");
        }
        for (Object result : results) {
            halting.handle(() -> Files.writeString(options.directory().resolve(HANDLED), line((BatchResult) result), CREATE,
                    APPEND, DSYNC));
        }
    }

    private static String line(BatchResult result) {
        return result.customId() + " " + result.outcome() + "\n";
    }

    private JobSpec spec() {
        return options.operator().of(
                JobSpec.named(JOB).requests(() -> requests(options.lines())), clock);
    }

    public static Stream<BatchRequest> requests(int lines) {
        return IntStream.range(0, lines).mapToObj(n -> BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n));
    }

    /** The operator resumes it when it needs a person. */
    private JobReport await(JobRunner runner, BatchJob job) {
        while (true) {
            try {
                return job.await();
            } catch (JobStoppedException e) {
                runner.submit(spec()).resume();
            }
        }
    }

    private void writeOutcomes(BatchJob job) throws IOException {
        try (Stream<BatchResult> results = job.results();
                BufferedWriter out = Files.newBufferedWriter(options.directory().resolve(OUTCOMES))) {
            for (var lines = results.iterator(); lines.hasNext();) {
                out.write(line(lines.next()));
            }
        }
    }

    /** The largest heap after a collection, in bytes. */
    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage).mapToLong(usage -> usage.getUsed()).sum();
    }
}
