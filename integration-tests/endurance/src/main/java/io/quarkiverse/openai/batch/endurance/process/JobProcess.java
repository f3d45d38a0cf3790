package io.quarkiverse.openai.batch.endurance.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.Provider;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.job.JobStoppedException;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.files.Disk;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings.StoredResults;
import io.quarkus.runtime.QuarkusApplication;
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

    private final ProcessOptions options = ProcessOptions.ofSystemProperties();
    private final HandlerOptions handler = HandlerOptions.ofSystemProperties();
    private final SharedClock time = new SharedClock(options.clockStart(), options.clockFactor());
    private final JumpingClock wall = new JumpingClock(time, options.clockAhead());
    private final VolatileDisk lossy = options.powerLoss() == 0 ? null : lossyDisk(options);
    private final Hands hands = new Hands(wall, time, lossy, options.powerLoss());
    private final Points points = new Points(options.plan(), handler.haltAt(), options.haltAfter(), hands::act);
    private final ApplicationCode code = new ApplicationCode(options, handler.takesLists(), points, hands);
    private final Stores stores = options.database().isEmpty()
            ? new DirectoryStores(options.directory(), lossy == null ? new Disk() : lossy)
            : new DatabaseStores(options.database(), options.clockFactor());
    private final Runners runners = new Runners(options, time, wall, stores, points);
    private final Map<String, Integer> pauses = new HashMap<>();
    private volatile BatchJob job;

    private static VolatileDisk lossyDisk(ProcessOptions options) {
        try {
            return new VolatileDisk(options.directory().resolve(BACKUPS), !options.mutant().neverForces());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
        try (OpenAiBatch api = OpenAiBatch.builder().provider(options.hasLargeChunks() ? Provider.NEBIUS : Provider.OPENAI)
                .baseUrl(options.baseUrl()).apiKey("key").submissionIds(false)
                .retry(RetryOptions.backoff().withMaxRetries(options.maxRetries())).build()) {
            boolean ended = false;
            while (!ended) {
                ended = run(api, start);
            }
        }
        return 0;
    }

    /** Whether the job has ended; not if the runner was closed to open it again. */
    private boolean run(OpenAiBatch api, Instant start) throws IOException {
        try (JobRunner runner = runners.open(api, code.methods())) {
            runner.start();
            if (!options.account().equals(ACCOUNT)) {
                waitForOther(runner);
                return true;
            }
            if (hands.isReopening()) {
                hands.reopened();
            }
            job = runner.submit(code.spec(time));
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
                hands.release();
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
            print("@written tokens=%d ".formatted(job.report().usage().total().totalTokens()));
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

    /** The operator resumes it when it needs a person. */
    private JobReport await(JobRunner runner) {
        while (true) {
            try {
                return job.await();
            } catch (JobStoppedException e) {
                options.operator().help(runner.submit(code.spec(time)), pauses.merge(e.getMessage(), 1, Integer::sum), hands);
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
                out.write(ApplicationCode.line(lines.next()));
            }
        }
    }

    /** The largest heap after a collection, in bytes. */
    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage).mapToLong(usage -> usage.getUsed()).sum();
    }
}
