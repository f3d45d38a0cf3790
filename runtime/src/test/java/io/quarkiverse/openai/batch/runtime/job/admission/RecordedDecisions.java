package io.quarkiverse.openai.batch.runtime.job.admission;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;

/** What an admission decides, without effect. */
final class RecordedDecisions implements Admission.Decisions {

    final List<String> admitted = new ArrayList<>();
    private final JobSettings settings;
    private final Set<String> unproved;

    /**
     * @param unproved chunks that may have a batch
     */
    RecordedDecisions(JobSettings settings, Set<String> unproved) {
        this.settings = settings;
        this.unproved = unproved;
    }

    @Override
    public Optional<JobSettings> settings(JobRow job) {
        return Optional.of(settings);
    }

    @Override
    public boolean isProved(ChunkRow chunk, JobRow job) {
        return !unproved.contains(chunk.id());
    }

    @Override
    public void admit(ChunkRow chunk, JobRow job) {
        admitted.add(chunk.id());
    }

    @Override
    public void stop(JobRow job, String reason) {
        throw new AssertionError(reason);
    }

    @Override
    public void pause(JobRow job, PauseException reason) {
        throw reason;
    }
}
