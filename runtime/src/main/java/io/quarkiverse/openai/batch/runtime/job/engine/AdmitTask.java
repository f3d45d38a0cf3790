package io.quarkiverse.openai.batch.runtime.job.engine;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.admission.Admission;
import io.quarkiverse.openai.batch.runtime.job.batch.Looks;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.setup.JobEnvironment;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow.Stop;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkus.runtime.configuration.ConfigurationException;

/** Admits the chunks of an account that have room, once it is proved that they have no batch. */
final class AdmitTask {

    private static final Logger LOG = Logger.getLogger(AdmitTask.class);

    private final JobEnvironment jobs;
    private final JobTasks tasks;
    private final JobTransitions transitions;
    private final Admission admission;
    private final Looks looks;
    private final Troubles troubles;

    AdmitTask(JobEnvironment jobs, JobTasks tasks, JobTransitions transitions, Admission admission, Looks looks,
            Troubles troubles) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.transitions = transitions;
        this.admission = admission;
        this.looks = looks;
        this.troubles = troubles;
    }

    /** When to run it again; empty for not by itself. */
    Optional<Instant> run(String account) {
        // another process may just have written what this is run for
        jobs.store().refresh();
        Map<String, JobClient> unproved = new HashMap<>();
        Optional<Instant> again = admission.run(account, jobs.clock().instant(), new Admission.Decisions() {
            @Override
            public Optional<JobSettings> settings(JobRow job) {
                return client(job).map(JobClient::settings);
            }

            @Override
            public boolean isProved(ChunkRow chunk, JobRow job) {
                JobClient client = jobs.client(job);
                boolean proved = looks.isProved(chunk, job.client(), client);
                if (!proved) {
                    unproved.put(job.client(), client);
                }
                return proved;
            }

            @Override
            public void admit(ChunkRow chunk, JobRow job) {
                try {
                    tasks.advance(jobs.store().update(chunk.in(ChunkState.ADMITTED)));
                } catch (StaleRowException changedMeanwhile) {
                    LOG.debugf("Chunk %s was changed and is ranked again later", chunk.id());
                    tasks.now(Task.admit(account));
                }
            }

            @Override
            public void stop(JobRow job, String reason) {
                LOG.infof("Job %s: %s", job.name(), reason);
                transitions.wake(jobs.store().change(job.name(), row -> row.state().isTerminal()
                        || row.state() == JobState.PAUSED ? row
                                : row.stopped(Stop.SEND_NOTHING, reason, jobs.clock().instant())));
            }

            @Override
            public void pause(JobRow job, PauseException reason) {
                transitions.pause(job.name(), reason);
            }
        });
        unproved.forEach(this::look);
        return again;
    }

    /** A look that fails is repeated by itself. */
    private void look(String name, JobClient client) {
        if (troubles.of(Task.watch(name)) == null) {
            jobs.queue().schedule(Task.watch(name), looks.next(name, client));
        }
    }

    /** The jobs of a client that is not configured any more say so by their own tasks. */
    private Optional<JobClient> client(JobRow job) {
        try {
            return Optional.of(jobs.client(job));
        } catch (ConfigurationException clientIsGone) {
            return Optional.empty();
        }
    }
}
