package io.quarkiverse.openai.batch.runtime.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.DirectoryRunner;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Jobs that an application left in its directory when it got a datasource: nobody would run them. */
final class LeftInDirectory {

    private LeftInDirectory() {
    }

    /**
     * @throws ConfigurationException if there are jobs that have not ended; the message says what to do
     */
    static void requireNone(Path root, Function<String, JobClient> clients) {
        if (!Files.isDirectory(root)) {
            return;
        }
        List<String> left = DirectoryRunner.read(root, clients).list(JobQuery.all().withStates(JobState.RUNNING,
                JobState.PAUSED, JobState.INTERRUPTED, JobState.CANCELLING)).stream().map(BatchJob::name).toList();
        if (!left.isEmpty()) {
            throw new ConfigurationException(("The jobs are stored in a datasource now, and %d in the directory %s have not "
                    + "ended, such as \"%s\". Start the application once with -Dquarkus.openai-batch.jobs.move-directory=true, or "
                    + "QUARKUS_OPENAI_BATCH_JOBS_MOVE_DIRECTORY=true in its environment, to move them, set "
                    + "quarkus.openai-batch.jobs.store=directory until they have ended, or move the directory away to leave "
                    + "them").formatted(left.size(), root, left.get(0)));
        }
    }
}
