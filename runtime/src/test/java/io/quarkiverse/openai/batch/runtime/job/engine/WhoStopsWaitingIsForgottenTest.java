package io.quarkiverse.openai.batch.runtime.job.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.ManualTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;
import io.quarkiverse.openai.batch.runtime.job.store.SettableClock;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.subscription.Cancellable;

/** However often somebody waits for a job, one future a waiter is held, and none afterwards. */
class WhoStopsWaitingIsForgottenTest {

    @TempDir
    Path root;
    private JobDirectory directory;
    private DirectoryJobStore store;
    private JobRunner jobs;
    private BatchJob job;

    @BeforeEach
    void open() {
        directory = JobDirectory.open(root);
        store = new DirectoryJobStore(directory, Rows.CLOCK);
        store.insert(Rows.job("long"));
        SettableClock clock = new SettableClock(Rows.NOW);
        jobs = new JobRunner(new JobEnvironment(store, new ManualTaskQueue(clock), directory, new Scratch(root), clock.steady(),
                WhoStopsWaitingIsForgottenTest::noClient, Traces.NONE), JobMethods.NONE, JobListener.NONE);
        job = jobs.find("long").orElseThrow();
    }

    private static JobClient noClient(String name) {
        throw new ConfigurationException("no client " + name);
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    private void change() {
        store.change("long", row -> row.in(JobState.RUNNING, "changed at " + System.nanoTime()));
    }

    private void end() {
        store.change("long", row -> row.in(JobState.FINISHED, null).endedAt(Rows.NOW));
    }

    @Test
    void tenThousandCallsThatTimeOut() {
        for (int call = 0; call < 10_000; call++) {
            assertThatThrownBy(() -> job.await(Duration.ofNanos(1_000))).isInstanceOf(TimeoutException.class);
            if (call % 10 == 0) {
                change();
            }
        }
        assertThat(jobs.waiting()).isZero();
    }

    @Test
    void aThousandWaitersOverManyChanges() {
        List<JobReport> reports = new ArrayList<>();
        List<Cancellable> waiters = IntStream.range(0, 1_000).mapToObj(n -> job.completion().subscribe().with(report -> {
            synchronized (reports) {
                reports.add(report);
                reports.notifyAll();
            }
        })).toList();
        for (int change = 0; change < 1_000; change++) {
            change();
            assertThat(jobs.waiting()).isEqualTo(1_000);
        }
        waiters.subList(0, 400).forEach(Cancellable::cancel);
        assertThat(jobs.waiting()).isEqualTo(600);
        end();
        assertThat(jobs.waiting()).isZero();
        synchronized (reports) {
            while (reports.size() < 600) {
                assertThat(catchInterrupt(reports)).isTrue();
            }
        }
        assertThat(reports).extracting(JobReport::state).containsOnly(JobState.FINISHED);
    }

    private static boolean catchInterrupt(Object monitor) {
        try {
            monitor.wait(10_000);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Test
    void whoeverWaitsWhenTheApplicationStops() throws Exception {
        Thread stop = new Thread(() -> {
            while (jobs.waiting() == 0) {
                Thread.onSpinWait();
            }
            jobs.close();
        });
        stop.start();
        assertThatThrownBy(job::await).isInstanceOf(CancellationException.class)
                .hasMessageContaining("The application stops");
        stop.join();
        assertThat(jobs.waiting()).isZero();
        assertThatThrownBy(job::await).isInstanceOf(CancellationException.class)
                .hasMessageContaining("The application stops");
    }
}
