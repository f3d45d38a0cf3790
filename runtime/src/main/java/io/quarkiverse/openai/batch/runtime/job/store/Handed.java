package io.quarkiverse.openai.batch.runtime.job.store;

import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How far handlers are with the results of a chunk.
 *
 * @param past the number of the line at which each handler continues
 * @param failed the numbers of the lines that were set aside, since the handler failed at them
 * @param claim number of the call that hands it over; what earlier ones do counts no more
 */
public record Handed(Map<String, Long> past, Map<String, Set<Integer>> failed, int claim) {

    public static final Handed NOTHING = new Handed(Map.of(), Map.of(), 0);

    public Handed claimed() {
        return new Handed(past, failed, claim + 1);
    }

    public long past(String handler) {
        return past.getOrDefault(handler, 0L);
    }

    /** How often a handler failed at a line for good. */
    public long failures() {
        return failed.values().stream().mapToLong(Set::size).sum();
    }

    /** With a handler past further lines, at some of which it failed. */
    public Handed withPast(String handler, long line, Set<Integer> failedLines) {
        Map<String, Long> changed = new TreeMap<>(past);
        changed.put(handler, line);
        Set<Integer> all = new TreeSet<>(failed.getOrDefault(handler, Set.of()));
        all.addAll(failedLines);
        return new Handed(changed, failed, claim).withFailed(handler, all);
    }

    public Handed withFailed(String handler, Set<Integer> lines) {
        Map<String, Set<Integer>> changed = new TreeMap<>(failed);
        changed.put(handler, lines);
        return new Handed(past, changed, claim);
    }

    public boolean hasFailed(String handler, int line) {
        return failed.getOrDefault(handler, Set.of()).contains(line);
    }

    /** With a line taken at which a handler had failed. */
    public Handed withTaken(String handler, int line) {
        Set<Integer> left = new TreeSet<>(failed.getOrDefault(handler, Set.of()));
        return left.remove(line) ? withFailed(handler, left) : this;
    }

    /** Without the failures at lines that are run again. */
    public Handed withoutFailures(BitSet lines) {
        Map<String, Set<Integer>> left = new TreeMap<>();
        failed.forEach((handler, all) -> left.put(handler,
                all.stream().filter(line -> !lines.get(line)).collect(Collectors.toCollection(TreeSet::new))));
        return new Handed(past, left, claim);
    }
}
