package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.engine.JobListener;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobTerms;
import io.quarkiverse.openai.batch.runtime.job.store.Rows;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Jobs are listed, deleted and read from what is stored; no client is needed. */
class JobsOfADirectoryTest {

    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir
    Path root;
    private JobRunner jobs;

    @BeforeEach
    void open() {
        store("b", JobState.FINISHED, 1);
        store("a", JobState.FINISHED, 1);
        store("reviews-2", JobState.CANCELLED, 2);
        store("reviews-1", JobState.PAUSED, 3);
        store("latest", JobState.RUNNING, 4);
        jobs = openJobs();
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    private JobRunner openJobs() {
        return DirectoryRunner.open(root, null, DirectoryRunner.THREADS, JobsOfADirectoryTest::noClient, JobMethods.NONE,
                JobListener.NONE, Traces.NONE);
    }

    private static JobClient noClient(String name) {
        throw new ConfigurationException("no client " + name);
    }

    private void store(String name, JobState state, int hour) {
        Instant created = START.plusSeconds(3600L * hour);
        JobTerms terms = new JobTerms("1", "<default>", "account", false, null, 0, Map.of(), null,
                JobTerms.Guard.NONE, Set.of(), null);
        try (JobDirectory directory = JobDirectory.open(root)) {
            JobRow job = JobRow.submitted(name, terms, created).in(state, "a reason");
            new DirectoryJobStore(directory, Rows.CLOCK)
                    .insert(state.isTerminal() ? job.endedAt(created.plusSeconds(60)) : job);
        }
    }

    @Test
    void allAreListedTheOldestFirst() {
        assertThat(names(JobQuery.all())).containsExactly("a", "b", "reviews-2", "reviews-1", "latest");
    }

    @Test
    void someAreListedByStateAndName() {
        assertThat(names(JobQuery.all().withStates(JobState.FINISHED))).containsExactly("a", "b");
        assertThat(names(JobQuery.all().withStates(JobState.PAUSED, JobState.CANCELLED)))
                .containsExactly("reviews-2", "reviews-1");
        assertThat(names(JobQuery.all().withName("reviews-*"))).containsExactly("reviews-2", "reviews-1");
        assertThat(names(JobQuery.all().withName("*-1"))).containsExactly("reviews-1");
        assertThat(names(JobQuery.all().withName("a"))).containsExactly("a");
        assertThat(names(JobQuery.all().withName("reviews-*").withStates(JobState.RUNNING))).isEmpty();
    }

    @Test
    void pagesHaveEachJobOnce() {
        JobQuery query = JobQuery.all().withName("*e*");
        assertThat(names(query.withPage(0, 2))).containsExactly("reviews-2", "reviews-1");
        assertThat(names(query.withPage(1, 2))).containsExactly("latest");
        assertThat(names(query.withPage(2, 2))).isEmpty();
        assertThat(names(query.withPage(Integer.MAX_VALUE, Integer.MAX_VALUE))).isEmpty();
        assertThat(names(query)).hasSize(3);
        assertThatThrownBy(() -> query.withPage(-1, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> query.withPage(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> names(JobQuery query) {
        return jobs.list(query).stream().map(BatchJob::name).toList();
    }

    @Test
    void anEndedJobIsDeletedWithItsFiles() throws IOException {
        BatchJob job = jobs.find("reviews-2").orElseThrow();
        assertThat(folders()).isEqualTo(5);
        job.delete();
        assertThat(folders()).isEqualTo(4);
        assertThat(jobs.find("reviews-2")).isEmpty();
        assertThat(names(JobQuery.all())).doesNotContain("reviews-2");
        for (Runnable use : List.<Runnable> of(job::report, job::await, job::progressNow, job::results, job::pause, job::resume,
                job::cancel, job::redeliver, () -> job.rerun(Set.of(Outcome.FAILED)), job::delete,
                () -> job.completion().await().indefinitely(),
                () -> job.progress().collect().asList().await().indefinitely())) {
            assertThatThrownBy(use::run).isInstanceOf(IllegalStateException.class).hasMessageContaining("reviews-2");
        }
        jobs.close();
        jobs = openJobs();
        assertThat(jobs.find("reviews-2")).isEmpty();
    }

    @Test
    void aJobThatHasNotEndedIsNotDeleted() {
        for (String name : List.of("reviews-1", "latest")) {
            BatchJob job = jobs.find(name).orElseThrow();
            assertThatThrownBy(job::delete).isInstanceOf(IllegalStateException.class).hasMessageContaining(name)
                    .hasMessageContaining("Cancel it");
            assertThat(jobs.find(name)).isPresent();
        }
    }

    @Test
    void whatIsLeftOfAJobWhoseDeletionWasBrokenOffIsDeletedAtTheNextStart() throws IOException {
        Path folder;
        try (Stream<Path> files = Files.list(root)) {
            folder = files.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        Files.writeString(folder.resolve("chunk-1.requests.jsonl"), "a prompt");
        Files.delete(folder.resolve("job.json"));
        jobs.close();
        jobs = openJobs();
        assertThat(folder).doesNotExist();
        assertThat(folders()).isEqualTo(4);
    }

    private long folders() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.filter(Files::isDirectory).count();
        }
    }

    @Test
    void aDirectoryIsOpenedOnce() {
        assertThatThrownBy(this::openJobs).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(root.toString())
                .hasMessageContaining("in use by this process, " + ProcessHandle.current().pid());
    }

    @Test
    void aDirectoryIsReadWhileItIsOpen() throws IOException {
        BatchJobs read = DirectoryRunner.read(root, JobsOfADirectoryTest::noClient);
        assertThat(read.list(JobQuery.all())).hasSize(5);
        BatchJob paused = read.find("reviews-1").orElseThrow();
        JobReport report = paused.report();
        assertThat(report.state()).isEqualTo(JobState.PAUSED);
        assertThat(report.reason()).isEqualTo("a reason");
        assertThat(report.usage().cost()).isZero();
        List<Runnable> changes = List.of(paused::resume, paused::cancel, read.find("a").orElseThrow()::delete,
                ((JobRunner) read)::start);
        for (Runnable change : changes) {
            assertThatThrownBy(change::run).isInstanceOf(IllegalStateException.class).hasMessageContaining("opened to read");
        }
        assertThat(jobs.find("a")).isPresent();
        assertThat(folders()).isEqualTo(5);
    }

    @Test
    void nobodyWaitsForAJobThatIsOnlyRead() {
        BatchJob latest = DirectoryRunner.read(root, JobsOfADirectoryTest::noClient).find("latest").orElseThrow();
        assertThatThrownBy(latest::await).isInstanceOf(IllegalStateException.class).hasMessageContaining("opened to read");
        assertThat(latest.progress().collect().asList().await().indefinitely()).singleElement()
                .isEqualTo(latest.progressNow());
    }

    @Test
    void aDirectoryThatDoesNotExistHasNoJobsAndIsNotMade() {
        Path none = root.resolve("none");
        assertThat(DirectoryRunner.read(none, JobsOfADirectoryTest::noClient).list(JobQuery.all())).isEmpty();
        assertThat(none).doesNotExist();
    }

    @Test
    void closedJobsAreNotChanged() {
        BatchJob paused = jobs.find("reviews-1").orElseThrow();
        jobs.close();
        assertThatThrownBy(paused::resume).isInstanceOf(IllegalStateException.class).hasMessageContaining("is closed");
    }
}
