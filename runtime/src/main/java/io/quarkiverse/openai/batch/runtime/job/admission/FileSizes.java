package io.quarkiverse.openai.batch.runtime.job.admission;

import java.time.Duration;

import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.AccountRow.Limit;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/** How large a file an account takes, as far as refusals tell. What was learned is tried again after a day. */
public final class FileSizes {

    private static final Duration KNOWN_FOR = Duration.ofDays(1);

    private final JobStore store;
    private final SteadyClock clock;

    public FileSizes(JobStore store, SteadyClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The file of a chunk was refused as too large. */
    public void refused(ChunkRow chunk, JobRow job) {
        Limit limit = new Limit(chunk.input().bytes() - 1, clock.instant());
        store.changeAccount(job.account(), row -> isTooLarge(chunk, row) ? row : row.withBytes(limit));
    }

    /** The file of a chunk was taken. */
    public void accepted(ChunkRow chunk, JobRow job) {
        store.changeAccount(job.account(), row -> row.bytes() != null && chunk.input().bytes() > row.bytes().most()
                ? row.withBytes(null)
                : row);
    }

    /** Whether the file of a chunk is as large as one that was refused. */
    public boolean isTooLarge(ChunkRow chunk, JobRow job) {
        return isTooLarge(chunk, store.account(job.account()));
    }

    private boolean isTooLarge(ChunkRow chunk, AccountRow account) {
        Limit limit = account.bytes();
        return limit != null && clock.isBefore(limit.since().plus(KNOWN_FOR), KNOWN_FOR)
                && chunk.input().bytes() > limit.most();
    }
}
