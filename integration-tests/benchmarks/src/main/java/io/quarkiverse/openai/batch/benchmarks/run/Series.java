package io.quarkiverse.openai.batch.benchmarks.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/** The samples of a task: one for each contestant and round. */
final class Series {

    private final String task;
    private final Map<String, List<Sample>> samples = new LinkedHashMap<>();

    Series(String task) {
        this.task = task;
    }

    String task() {
        return task;
    }

    List<String> contestants() {
        return List.copyOf(samples.keySet());
    }

    void add(String contestant, Sample sample) {
        samples.computeIfAbsent(contestant, name -> new ArrayList<>()).add(sample);
    }

    /** Lines or calls of one run. */
    long units(String contestant) {
        return samples.get(contestant).get(0).tally().units();
    }

    Spread spread(String contestant, ToLongFunction<Sample> measure) {
        return Spread.of(samples.get(contestant).stream().mapToDouble(measure::applyAsLong).toArray());
    }

    /** The ratios of one contestant's times to another's, round by round. */
    Spread ratio(String slower, String faster, ToLongFunction<Sample> measure) {
        List<Sample> slow = samples.get(slower);
        List<Sample> fast = samples.get(faster);
        return Spread.of(IntStream.range(0, Math.min(slow.size(), fast.size()))
                .mapToDouble(i -> (double) measure.applyAsLong(slow.get(i)) / Math.max(1, measure.applyAsLong(fast.get(i))))
                .toArray());
    }

    Map<String, List<Sample>> samples() {
        return samples;
    }
}
