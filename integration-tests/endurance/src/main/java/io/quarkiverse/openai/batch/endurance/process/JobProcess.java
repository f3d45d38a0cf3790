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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.Provider;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.ChatBody;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.InProcessTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.files.Disk;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.method.HandlerMethod;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.openai.OpenAiProvider;
import io.quarkiverse.openai.batch.runtime.job.setup.InvalidAnswers;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;
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

    /** Long, since a clock that runs fast leaves an hour no more than some seconds. */
    public static final Duration CANCEL_TIMEOUT = Duration.ofHours(12);
    /** The account of the job. */
    public static final String ACCOUNT = "account";

    /** Of a file with more lines than OpenAI takes, as Nebius takes it. */
    public static final long MOST_BYTES = 10L << 30;

    private static final int MOST_REDELIVERIES = 20;
    private static final String BACKUPS = "backups";
    private static final String SCRATCH = "scratch";

    private final ProcessOptions options = ProcessOptions.ofSystemProperties();
    private final HandlerOptions handler = HandlerOptions.ofSystemProperties();
    private final SharedClock time = new SharedClock(options.clockStart(), options.clockFactor());
    private final JumpingClock wall = new JumpingClock(time, options.clockAhead());
    private final Disk disk = disk(options);
    private final Hands hands = new Hands(wall, time, disk instanceof VolatileDisk loses ? loses : null, options.powerLoss());
    private final Points points = new Points(options.plan(), handler.haltAt(), options.haltAfter(), hands::act);
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sourceMisbehaved = new AtomicBoolean();
    private final AtomicBoolean closeOutlived = new AtomicBoolean();
    private final Map<String, Integer> pauses = new HashMap<>();
    private volatile BatchJob job;

    private static Disk disk(ProcessOptions options) {
        try {
            return options.powerLoss() == 0 ? new Disk()
                    : new VolatileDisk(options.directory().resolve(BACKUPS), !options.mutant().neverForces());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static synchronized void print(String text) {
        System.out.println(text);
        System.out.flush();
    }

    @Override
    public int run(String... args) throws IOException {
        Instant start = Instant.now();
        if (options.clockFactor() > 1) {
            new Vigil(() -> job, points, hands, options.clockFactor()).start();
        }
        try (OpenAiBatch api = OpenAiBatch.builder().provider(isLarge() ? Provider.NEBIUS : Provider.OPENAI)
                .baseUrl(options.baseUrl()).apiKey("key").submissionIds(false)
                .retry(RetryOptions.backoff().withMaxRetries(options.maxRetries())).build()) {
            boolean ended = false;
            while (!ended) {
                ended = run(api, start);
            }
        }
        print("@written tokens=%d ".formatted(job == null ? 0 : job.report().usage().total().totalTokens()));
        return 0;
    }

    /** Whether the job has ended; not if the runner was closed to open it again. */
    private boolean run(OpenAiBatch api, Instant start) throws IOException {
        try (JobRunner runner = runner(api, JobDirectory.open(options.directory(), disk))) {
            runner.start();
            if (!options.account().equals(ACCOUNT)) {
                waitForOther(runner);
                return true;
            }
            if (hands.isReopening()) {
                hands.reopened();
            }
            job = runner.submit(spec());
            hands.hold(job);
            options.operator().take(job, hands);
            JobReport report = await(runner);
            if (report != null && job.recollect() > 0) {
                report = await(runner);
            }
            if (report != null && options.operator().rerun(job)) {
                report = await(runner);
            }
            if (report == null) {
                return false;
            }
            // the handler fails by chance, so it may fail again
            for (int times = 0; report.results().handlerFailed() > 0 && times < MOST_REDELIVERIES; times++) {
                job.redeliver();
                report = job.report();
            }
            sayEnded(report, start);
            System.in.read();
            // a batch that was gone for a moment is asked for again, now that the provider behaves
            if (job.recollect() > 0) {
                await(runner);
            }
            if (options.results() == StoredResults.KEEP) {
                writeOutcomes();
            }
            return true;
        }
    }

    /** Without a word of a person, a job of another account is not run. */
    private void waitForOther(JobRunner runner) {
        String said = "none";
        for (int looks = 0; looks < 50 && said.equals("none"); looks++) {
            said = runner.find(JOB).map(BatchJob::report).filter(report -> report.state() != JobState.RUNNING)
                    .map(report -> report.state() + " " + report.reason()).orElse("none");
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        print("@other " + said);
    }

    private void sayEnded(JobReport report, Instant start) {
        print(("@ended lines=%d tokens=%d invalid=%d twins=%d resent=%d extra=%d batches=%d millis=%d heap=%d cancelled=%d "
                + "state=%s resigned=%s attributed=%s")
                .formatted(report.lines(), report.usage().total().totalTokens(), report.sending().resentInvalid(),
                        report.sending().duplicates(), report.sending().resent(),
                        report.results().ignored(), report.sending().batches(),
                        Duration.between(start, Instant.now()).toMillis(), peakHeap(), hands.sinceCancel().toSeconds(),
                        report.state(), hands.resigned(), report.results().unattributed() == null));
    }

    private JobRunner runner(OpenAiBatch api, JobDirectory directory) {
        LineLimits limits = LineLimits.OPENAI.withRequests(options.linesAChunk());
        JobSettings settings = JobSettings.of(isLarge()
                ? limits.withBytes(MOST_BYTES)
                : limits)
                .withPolls(options.shortestPoll(), Duration.ofMinutes(1)).withCancelTimeout(CANCEL_TIMEOUT)
                .withRetention(options.results(), options.providerFiles(), Optional.empty())
                .withInvalid(new InvalidAnswers(Math.max(0, options.invalidAttempts()), options.invalidAttempts() == 2, false));
        SteadyClock clock = new SteadyClock(wall,
                options.mutant().countsByTheWall() ? () -> nanos(wall.instant()) : time::nanos);
        JobClient client = points.of(options.mutant().of(new JobClient(
                new OpenAiProvider(api.batches(), api.files(), "batch", () -> {
                }), settings, options.account())));
        return new JobRunner(new JobEnvironment(
                points.of(options.mutant().of(new DirectoryJobStore(directory, clock))),
                new InProcessTaskQueue(clock, 4, Duration.ofMillis(5)), directory,
                new Scratch(options.directory().resolve(SCRATCH)), clock, name -> client, Traces.NONE),
                new JobMethods(List.of(), handlers(), List.of(), List.of()), (changed, event) -> {
                });
    }

    /** Whether chunks have more lines than OpenAI takes. */
    private boolean isLarge() {
        return options.linesAChunk() > LineLimits.OPENAI.requests();
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }

    private List<HandlerMethod> handlers() {
        boolean takesList = handler.takesLists();
        return !options.handled() ? List.of()
                : List.of(new HandlerMethod(JOB, "handler", HandlerMethod.Outcomes.ALL, null, takesList, false, false, false,
                        new RuntimeValue<>((bean, arguments) -> {
                            handle(takesList ? (List<?>) arguments[0] : List.of(arguments[0]));
                            return null;
                        })));
    }

    /** The n-th list of a hundred misbehaves once. */
    private void handle(List<?> results) throws Exception {
        String first = ((BatchResult) results.get(0)).customId();
        if (first.endsWith("00") && failed.add(first)) {
            options.user().handler().happen();
        }
        if (options.user().outlivesClose() && closeOutlived.compareAndSet(false, true)) {
            hands.outliveClose();
        }
        for (Object result : results) {
            points.handle(() -> Files.writeString(options.directory().resolve(HANDLED), line((BatchResult) result), CREATE,
                    APPEND, DSYNC));
        }
    }

    private static String line(BatchResult result) {
        return result.customId() + " " + result.outcome() + "\n";
    }

    private JobSpec spec() {
        return options.operator().of(JobSpec.named(JOB).requests(this::source), time);
    }

    private Stream<BatchRequest> source() {
        return (options.invalidAttempts() < 0 ? requests(options.lines()) : structuredRequests(options.lines()))
                .peek(request -> {
                    if (request.customId().equals("line-" + options.user().sourceLine())
                            && sourceMisbehaved.compareAndSet(false, true)) {
                        options.user().source().happen();
                    }
                });
    }

    public static Stream<BatchRequest> requests(int lines) {
        return IntStream.range(0, lines).mapToObj(n -> BatchRequest.chat("line-" + n, "gpt-6-luna", "Number " + n));
    }

    private static Stream<BatchRequest> structuredRequests(int lines) {
        return IntStream.range(0, lines).mapToObj(n -> BatchRequest.of("line-" + n,
                ChatBody.of("gpt-6-luna").user("Number " + n).answer(Parity.class)));
    }

    /** What is asked for where answers may be invalid. */
    enum Parity {
        EVEN,
        ODD
    }

    /** The operator resumes it when it needs a person. */
    private JobReport await(JobRunner runner) {
        while (true) {
            try {
                return job.await();
            } catch (JobStoppedException e) {
                options.operator().help(runner.submit(spec()), pauses.merge(e.getMessage(), 1, Integer::sum), hands);
            } catch (CancellationException e) {
                Thread.interrupted();
                if (hands.isReopening()) {
                    return null;
                }
            }
        }
    }

    private void writeOutcomes() throws IOException {
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
