package io.quarkiverse.openai.batch.runtime.job.collector;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.collector.BatchCollector;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.runtime.job.engine.JobReports;
import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;
import io.quarkiverse.openai.batch.runtime.job.setup.Collecting;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Collector;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests.Waiting;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.RowListener;
import io.quarkiverse.openai.batch.runtime.job.store.Task;

/**
 * Gives the requests of collectors to jobs. A job first claims its requests, and is submitted then: under the same name again,
 * if the process that claimed them was halted in between.
 */
public final class Collectors {

    private static final Logger LOG = Logger.getLogger(Collectors.class);

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private final JobEnvironment jobs;
    private final CollectedRequests requests;
    private final Consumer<JobSpec> submission;
    private final Asks asks;
    private final Map<List<String>, BatchCollector> made = new ConcurrentHashMap<>();

    /**
     * @param submission submits a job
     * @param results gives those of a job so far; the stream is closed
     * @param executor runs what reads results, and what the application does with answers
     */
    public Collectors(JobEnvironment jobs, JobReports reports, Consumer<JobSpec> submission,
            Function<String, Stream<BatchResult>> results,
            Executor executor) {
        this.jobs = jobs;
        this.requests = jobs.store().collected();
        this.submission = submission;
        this.asks = new Asks(jobs.store(), reports, results, executor);
        jobs.store().onChange(RowListener.ofNames(asks::changed));
        jobs.store().onChangeElsewhere(asks::changed);
    }

    /** Makes a collector, which all processes know by its name. */
    public BatchCollector of(String name, String client) {
        return made.computeIfAbsent(Arrays.asList(name, client),
                key -> new StoringCollector(name, client, jobs, this, asks));
    }

    /** When to run it again; empty for not again. */
    public Optional<Instant> run(Task task) {
        Collector collector = task.collector();
        try {
            Optional<Instant> again = submitted(collector);
            return flush(collector, false).map(next -> again.filter(next::isAfter).orElse(next)).or(() -> again);
        } catch (EpochEndedException closed) {
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.warnf("%s failed, and is tried again in a minute: %s", task.description(), e.getMessage());
            LOG.debug("Requests were not submitted", e);
            return Optional.of(jobs.clock().instant().plus(RETRY));
        }
    }

    /** Submits what was claimed and not submitted, and forgets the lines that were read. One that fails has a pause. */
    private Optional<Instant> submitted(Collector collector) {
        boolean unread = false;
        boolean interrupted = false;
        for (String name : requests.unread(collector)) {
            jobs.store().refresh();
            Optional<JobRow> job = jobs.store().job(name);
            interrupted |= job.filter(row -> row.state() == JobState.INTERRUPTED).isPresent();
            if (job.isEmpty() || job.get().state() == JobState.INTERRUPTED) {
                submit(collector, name);
                unread = true;
            } else if (job.get().spooled() || job.get().state().isTerminal()) {
                requests.wereRead(name);
            } else {
                unread = true;
            }
        }
        return unread ? Optional.of(jobs.clock().instant().plus(interrupted ? RETRY : SOON)) : Optional.empty();
    }

    private void submit(Collector collector, String job) {
        submission.accept(JobSpec.named(job).client(collector.client()));
    }

    /**
     * Submits what waits, if that is enough.
     *
     * @param all whether it is submitted in any case
     * @return when to look again; empty if nothing waits and nothing was submitted
     */
    Optional<Instant> flush(Collector collector, boolean all) {
        Collecting limits = jobs.clients().apply(collector.client()).settings().collecting();
        boolean submitted = false;
        while (true) {
            Waiting waiting = requests.waiting(collector, limits.lines());
            if (waiting.lines() == 0) {
                return submitted ? Optional.of(jobs.clock().instant().plus(SOON)) : Optional.empty();
            }
            Instant now = jobs.clock().instant();
            Instant due = waiting.oldest().plus(limits.age());
            if (!all && waiting.lines() < limits.lines() && waiting.bytes() < limits.bytes() && now.isBefore(due)) {
                return Optional.of(due.isBefore(now.plus(SOON)) ? due : now.plus(SOON));
            }
            String job = collector.name() + "-" + TIME.format(now) + "-"
                    + Integer.toHexString(0x10000 + ThreadLocalRandom.current().nextInt(0x10000)).substring(1);
            if (requests.claim(collector, job, limits.lines(), limits.bytes())) {
                submit(collector, job);
                submitted = true;
            }
        }
    }

    /** Ends all waits. */
    public void close() {
        asks.close();
    }
}
