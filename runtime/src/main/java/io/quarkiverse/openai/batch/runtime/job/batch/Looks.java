package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/**
 * What the readings of the listing have proved since the start of this process, by client: for which of the chunks that wait
 * there was no batch. A batch may be there after a restore of the store to an earlier point, or from a process that was halted
 * before its call was sent.
 */
public final class Looks {

    private static final Duration MISSING_FOR = Duration.ofHours(1);
    private static final Duration FRESH_FOR = Duration.ofMinutes(1);

    private final SteadyClock clock;
    private final Map<String, Client> clients = new ConcurrentHashMap<>();

    public Looks(SteadyClock clock) {
        this.clock = clock;
    }

    /**
     * @param lookedAt the start of the latest look
     * @param readAt the start of the latest reading that proved something; null before
     * @param proved the waiting chunks that it knew
     * @param refusals how many times in a row the provider refused to list
     * @param missingUntil until when nobody asks for the listing; null if it is there
     */
    private record Client(Instant lookedAt, Instant readAt, Set<String> proved, int refusals, Instant missingUntil) {

        static final Client NEW = new Client(Instant.MIN, null, Set.of(), 0, null);
    }

    private Client of(String client) {
        return clients.getOrDefault(client, Client.NEW);
    }

    /** Whether batches can be found by their input file. */
    public boolean canFind(String name, JobClient client) {
        Instant missing = of(name).missingUntil;
        return client.provider().capabilities().listing() && (missing == null || !clock.instant().isBefore(missing));
    }

    /**
     * The provider does not list batches. Twice in a row counts as missing for an hour.
     *
     * @throws ProviderException the first time
     */
    void refused(String name, ProviderException refusal) {
        boolean first = of(name).refusals == 0;
        clients.put(name, new Client(clock.instant(), null, Set.of(), 1, first ? null : clock.instant().plus(MISSING_FOR)));
        if (first) {
            throw refusal;
        }
    }

    /** From when on, by our clock, a reading has to show every batch; null if nothing waits. */
    Instant backTo(String name, List<ChunkRow> searched, List<ChunkRow> waiting) {
        Set<String> proved = of(name).proved;
        Instant now = clock.instant();
        return Stream.concat(searched.stream().map(chunk -> chunk.remote().intent().at()),
                waiting.stream().map(chunk -> proved.contains(chunk.id()) ? now : chunk.remote().uploadedAt()))
                .filter(Objects::nonNull).min(Instant::compareTo).orElse(null);
    }

    void read(String name, ListingScan scan, List<ChunkRow> waiting) {
        Client before = of(name);
        boolean proves = scan.proves();
        clients.put(name, new Client(scan.startedAt(), proves ? scan.startedAt() : before.readAt,
                proves ? waiting.stream().map(ChunkRow::id).collect(Collectors.toSet()) : before.proved, 0, null));
    }

    /** Whether it was proved within the last minute that a chunk that waits has no batch, where that can be proved. */
    public boolean isProved(ChunkRow chunk, String name, JobClient client) {
        Client looks = of(name);
        return !canFind(name, client) || looks.proved.contains(chunk.id())
                && clock.isBefore(looks.readAt.plus(FRESH_FOR), FRESH_FOR);
    }

    /** When to look again for what is not proved. */
    public Instant next(String name, JobClient client) {
        Instant soonest = of(name).lookedAt;
        Instant now = clock.instant();
        return soonest.isBefore(now.minus(client.settings().shortestPoll())) ? now
                : soonest.plus(client.settings().shortestPoll());
    }

    /** Nothing counts as proved any more. */
    public void forget() {
        clients.clear();
    }
}
