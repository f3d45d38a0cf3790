package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.LookRow;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/**
 * What the readings of the listing of a client have proved: for which of the chunks that wait there was no batch. A batch may
 * be there after a restore of the store to an earlier point, or from a process that was halted
 * before its call was sent.
 */
public final class Looks {

    private static final Duration MISSING_FOR = Duration.ofHours(1);
    private static final Duration FRESH_FOR = Duration.ofMinutes(1);

    private final JobStore store;
    private final SteadyClock clock;

    public Looks(JobStore store, SteadyClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Whether batches can be found by their input file. */
    public boolean canFind(String name, JobClient client) {
        Instant missing = store.look(name).missingUntil();
        return client.provider().capabilities().listing() && (missing == null || !clock.instant().isBefore(missing));
    }

    /**
     * The provider does not list batches. Twice in a row counts as missing for an hour.
     *
     * @throws ProviderException the first time
     */
    void refused(String name, ProviderException refusal) {
        boolean first = store.look(name).refusals() == 0;
        Instant now = clock.instant();
        store.changeLook(name, look -> look.withRefusal(now, first ? null : now.plus(MISSING_FOR)));
        if (first) {
            throw refusal;
        }
    }

    /**
     * From when on, by our clock, a reading has to show every batch; null if nothing waits. What an earlier reading proved
     * holds until its start, whoever read.
     */
    Instant backTo(String name, List<ChunkRow> searched, List<ChunkRow> waiting) {
        LookRow look = store.look(name);
        return Stream.concat(searched.stream().map(chunk -> chunk.remote().intent().at()),
                waiting.stream().map(chunk -> look.isProved(chunk) ? look.readAt() : chunk.remote().uploadedAt()))
                .filter(Objects::nonNull).min(Instant::compareTo).orElse(null);
    }

    void read(String name, ListingScan scan, List<ChunkRow> waiting) {
        store.changeLook(name, look -> scan.proves() ? look.withProof(scan.startedAt(), waiting)
                : look.withReading(scan.startedAt()));
    }

    /** Whether it was proved within the last minute that a chunk that waits has no batch, where that can be proved. */
    public boolean isProved(ChunkRow chunk, String name, JobClient client) {
        LookRow look = store.look(name);
        return !canFind(name, client)
                || look.isProved(chunk) && clock.isBefore(look.readAt().plus(FRESH_FOR), FRESH_FOR);
    }

    /** Whether what proved that a chunk has no batch still counts, where that can be proved. */
    public boolean isKnown(ChunkRow admitted, String name, JobClient client) {
        return !canFind(name, client) || store.look(name).isProved(admitted);
    }

    /** When to look again for what is not proved. */
    public Instant next(String name, JobClient client) {
        Instant last = store.look(name).lookedAt();
        Instant now = clock.instant();
        return last == null || last.isBefore(now.minus(client.settings().shortestPoll())) ? now
                : last.plus(client.settings().shortestPoll());
    }

    /** Nothing counts as proved any more. */
    public void forget(String name) {
        Instant now = clock.instant();
        store.changeLook(name, look -> look.forgotten(now));
    }
}
