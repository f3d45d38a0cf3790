package io.quarkiverse.openai.batch.runtime.job.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.JobRunner;
import io.quarkiverse.openai.batch.runtime.job.RunnerBench;
import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.provider.FakeProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.ManualTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

class MovedJobsContinueInTheDatabaseTest {

    private static final String JOB = "numbers";
    private static final int LINES = 7;

    private MovedJobs moved;
    private SharedJobs shared;

    @BeforeEach
    void prepare(@TempDir Path root) {
        moved = new MovedJobs(root);
        shared = moved.shared;
    }

    /** How far a job is when it is moved. */
    enum Stage {
        SUBMITTED((jobs, provider) -> true),
        UPLOAD_LOST((jobs, provider) -> any(jobs, ChunkState.UPLOADING) && provider.count(Verb.UPLOAD) > 0,
                provider -> provider.lose(Verb.UPLOAD, Kind.TRANSIENT)),
        UPLOADED((jobs, provider) -> any(jobs, ChunkState.UPLOADED)),
        ADMITTED((jobs, provider) -> any(jobs, ChunkState.ADMITTED)),
        CREATE_LOST((jobs, provider) -> any(jobs, ChunkState.CREATING) && !provider.batches().isEmpty(),
                provider -> provider.lose(Verb.CREATE, Kind.OPEN)),
        WATCHED((jobs, provider) -> any(jobs, ChunkState.WATCHED)),
        BATCH_ENDED((jobs, provider) -> completed(any(jobs, ChunkState.ENDED), provider)),
        ONE_CHUNK_DONE((jobs, provider) -> oneCompleted(any(jobs, ChunkState.DONE), provider)),
        LINES_MOVED((jobs, provider) -> expired(jobs.chunks(JOB).stream().anyMatch(row -> row.input().parent() > 0),
                provider)),
        ENDED((jobs, provider) -> completed(jobs.job(JOB).orElseThrow().state().isTerminal(), provider));

        private interface Reached {

            boolean test(JobStore jobs, FakeProvider provider);
        }

        private interface Script {

            void accept(FakeProvider provider);
        }

        private final Reached reached;
        private final Script script;

        Stage(Reached reached) {
            this(reached, provider -> {
            });
        }

        Stage(Reached reached, Script script) {
            this.reached = reached;
            this.script = script;
        }

        private static boolean any(JobStore jobs, ChunkState state) {
            return !jobs.chunks(JOB, Set.of(state)).isEmpty();
        }

        private static boolean completed(boolean reached, FakeProvider provider) {
            if (!reached) {
                provider.complete();
            }
            return reached;
        }

        private static boolean oneCompleted(boolean reached, FakeProvider provider) {
            provider.batches().stream().limit(1).filter(batch -> !reached && !batch.hasEnded())
                    .forEach(batch -> provider.end(batch.id(), RemoteBatch.State.COMPLETED, 3, 0));
            return reached;
        }

        /** One line of each batch is answered. */
        private static boolean expired(boolean reached, FakeProvider provider) {
            if (!reached) {
                provider.batches().stream().filter(batch -> !batch.hasEnded())
                        .forEach(batch -> provider.end(batch.id(), RemoteBatch.State.EXPIRED, 1, 0));
            }
            return reached;
        }
    }

    private void runInDirectory(Stage stage) {
        JobDirectory directory = JobDirectory.open(moved.root);
        DirectoryJobStore store = new DirectoryJobStore(directory, shared.clock.steady());
        ManualTaskQueue queue = new ManualTaskQueue(shared.clock);
        JobRunner runner = new JobRunner(new JobEnvironment(store, queue, directory, new Scratch(moved.root.resolve("scratch")),
                shared.clock.steady(), name -> new JobClient(shared.provider, shared.settings, "account"), Traces.NONE),
                JobMethods.NONE, (job, event) -> {
                });
        runner.start();
        stage.script.accept(shared.provider);
        runner.submit(JobSpec.named(JOB).requests(() -> RunnerBench.requests(LINES)));
        for (int tasks = 0; !stage.reached.test(store, shared.provider); tasks++) {
            assertThat(tasks < 10_000 && queue.runNext()).as("reaches the stage").isTrue();
        }
        runner.close();
    }

    @ParameterizedTest
    @EnumSource
    void aJobContinuesAndEachOfItsLinesIsPaidOnce(Stage stage) throws Exception {
        runInDirectory(stage);
        moved.move();
        assertThat(moved.inDirectory()).isEmpty();
        try (SharedJobs jobs = shared) {
            SharedJobs.Member one = jobs.start();
            one.submit(JOB, LINES);
            JobReport report = jobs.finish(one, JOB);
            assertThat(report.state()).isEqualTo(JobState.FINISHED);
            assertThat(report.outcomes().get(Outcome.SUCCEEDED)).isEqualTo(LINES);
            try (Stream<BatchResult> results = one.runner.find(JOB).orElseThrow().results()) {
                assertThat(results.map(BatchResult::customId)).containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, LINES).mapToObj(n -> "line-" + n).toList());
            }
            assertThat(shared.provider.paid()).hasSize(LINES).allSatisfy((line, times) -> assertThat(times).isOne());
        }
    }
}
