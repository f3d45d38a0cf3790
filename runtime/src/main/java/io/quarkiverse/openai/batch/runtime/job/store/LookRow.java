package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What the looks at the batches of a client have found out.
 *
 * @param client its name
 * @param lookedAt the start of the latest look; null before
 * @param readAt the start of the latest reading of the listing that proved something; null before
 * @param proved the waiting chunks that it knew, by job
 * @param refusals how many times in a row the provider refused to list
 * @param missingUntil until when nobody asks for the listing; null if it is there
 * @param forgottenAt since when only what is looked for again counts as proved; null if that was never said
 * @param version number of times the row was written
 */
public record LookRow(String client, Instant lookedAt, Instant readAt, Map<String, List<Span>> proved, int refusals,
        Instant missingUntil, Instant forgottenAt, long version) {

    /** Chunks with numbers in a row. */
    public record Span(int first, int last) {

        boolean has(int number) {
            return first <= number && number <= last;
        }
    }

    /** Before the first look. */
    public static LookRow of(String client) {
        return new LookRow(client, null, null, Map.of(), 0, null, null, 0);
    }

    public boolean isProved(ChunkRow chunk) {
        for (Span span : proved.getOrDefault(chunk.job(), List.of())) {
            if (span.has(chunk.number())) {
                return true;
            }
        }
        return false;
    }

    public LookRow withLook(Instant at) {
        return new LookRow(client, at, readAt, proved, refusals, missingUntil, forgottenAt, version);
    }

    /** After a reading that proved nothing. */
    public LookRow withReading(Instant at) {
        return new LookRow(client, at, readAt, proved, 0, null, forgottenAt, version);
    }

    /**
     * After a reading that proved something.
     *
     * @param waiting the waiting chunks that it knew
     */
    public LookRow withProof(Instant at, Collection<ChunkRow> waiting) {
        return new LookRow(client, at, at, spans(waiting), 0, null, forgottenAt, version);
    }

    private static Map<String, List<Span>> spans(Collection<ChunkRow> chunks) {
        Map<String, IntStream.Builder> numbers = new TreeMap<>();
        chunks.forEach(chunk -> numbers.computeIfAbsent(chunk.job(), job -> IntStream.builder()).add(chunk.number()));
        Map<String, List<Span>> spans = new TreeMap<>();
        numbers.forEach((job, all) -> spans.put(job, spans(all.build().sorted().toArray())));
        return spans;
    }

    private static List<Span> spans(int[] numbers) {
        List<Span> spans = new ArrayList<>();
        int first = numbers[0];
        int last = first;
        for (int number : numbers) {
            if (number > last + 1) {
                spans.add(new Span(first, last));
                first = number;
            }
            last = number;
        }
        spans.add(new Span(first, last));
        return spans;
    }

    /**
     * After the provider refused to list.
     *
     * @param until until when nobody asks again; null for no pause
     */
    public LookRow withRefusal(Instant at, Instant until) {
        return new LookRow(client, at, null, Map.of(), 1, until, forgottenAt, version);
    }

    /** Nothing counts as proved any more. */
    public LookRow forgotten(Instant at) {
        return new LookRow(client, null, null, Map.of(), refusals, missingUntil, at, version);
    }

    public LookRow withVersion(long newVersion) {
        return new LookRow(client, lookedAt, readAt, proved, refusals, missingUntil, forgottenAt, newVersion);
    }
}
