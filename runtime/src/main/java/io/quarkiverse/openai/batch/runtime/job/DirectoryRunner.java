package io.quarkiverse.openai.batch.runtime.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.InProcessTaskQueue;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.engine.JobListener;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.method.JobMethods;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;
import io.quarkiverse.openai.batch.runtime.job.trace.Traces;

/** Makes runners of the jobs of a directory. */
public final class DirectoryRunner {

    /** How many steps of jobs run at a time by default. */
    public static final int THREADS = 4;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private DirectoryRunner() {
    }

    /**
     * Opens the jobs of a directory for this process alone, without starting them.
     *
     * @param scratch the folder for files that nothing needs after a crash; null for one under the temporary directory
     * @param threads how many steps run at a time
     * @throws IllegalStateException if it is open already
     */
    public static JobRunner open(Path root, Path scratch, int threads, Function<String, JobClient> clients, JobMethods methods,
            JobListener listener, Traces traces) {
        JobDirectory directory = JobDirectory.open(root);
        try {
            return of(directory, scratch, threads, clients, methods, listener, traces);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** The jobs of a directory as they are stored now, whatever process has it open. */
    public static JobRunner read(Path root, Function<String, JobClient> clients) {
        return of(JobDirectory.readOnly(root), null, THREADS, clients, JobMethods.NONE, JobListener.NONE, Traces.NONE);
    }

    private static JobRunner of(JobDirectory directory, Path scratch, int threads, Function<String, JobClient> clients,
            JobMethods methods,
            JobListener listener, Traces traces) {
        SteadyClock clock = SteadyClock.system();
        return new JobRunner(new JobEnvironment(new DirectoryJobStore(directory, clock),
                new InProcessTaskQueue(clock, threads, LONGEST_PAUSE), directory, new Scratch(scratch), clock, clients, traces),
                methods, listener);
    }
}
