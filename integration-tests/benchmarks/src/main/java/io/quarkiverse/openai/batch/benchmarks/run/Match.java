package io.quarkiverse.openai.batch.benchmarks.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.openai.batch.benchmarks.contest.Scenario;
import io.quarkiverse.openai.batch.benchmarks.data.Tally;
import io.quarkiverse.openai.batch.benchmarks.work.Settings;

/** Runs a scenario's tasks: all contestants take turns in each round, and another one begins each round. */
final class Match implements AutoCloseable {

    private final Scenario scenario;
    private final Settings settings;
    private final List<Contestant> contestants = new ArrayList<>();

    Match(Scenario scenario, Settings settings) throws IOException {
        this.scenario = scenario;
        this.settings = settings;
        for (String name : scenario.contestants()) {
            contestants.add(new Contestant(scenario, name, settings));
        }
    }

    Scenario scenario() {
        return scenario;
    }

    List<Series> run() throws IOException {
        List<Series> all = new ArrayList<>();
        for (String task : scenario.tasks()) {
            all.add(run(task));
        }
        return all;
    }

    private Series run(String task) throws IOException {
        List<Contestant> running = warmedUp(task);
        Series series = new Series(task);
        for (int round = 0; round < settings.rounds(); round++) {
            for (int i = 0; i < running.size(); i++) {
                Contestant contestant = running.get((i + round) % running.size());
                Sample sample = contestant.run(task).orElseThrow(() -> new IOException(contestant.name() + " failed"));
                series.add(contestant.name(), sample);
            }
            System.out.print(".");
        }
        System.out.println(" " + task);
        return series;
    }

    /** The contestants that did not fail. */
    private List<Contestant> warmedUp(String task) throws IOException {
        Map<Contestant, Tally> tallies = new LinkedHashMap<>();
        int warmUps = Optional.ofNullable(settings.warmUps()).orElse(scenario.warmUps());
        for (Contestant contestant : contestants) {
            Optional<Sample> sample = Optional.empty();
            for (int i = 0; i < warmUps; i++) {
                sample = contestant.run(task);
            }
            if (sample.isPresent()) {
                tallies.put(contestant, sample.get().tally());
            } else {
                System.out.println(contestant.name() + " failed in " + task + ": see its log");
            }
        }
        checkSameWork(task, tallies);
        return List.copyOf(tallies.keySet());
    }

    private static void checkSameWork(String task, Map<Contestant, Tally> tallies) {
        long units = tallies.values().stream().mapToLong(Tally::units).distinct().count();
        long made = tallies.values().stream().filter(tally -> tally.characters() > 0).distinct().count();
        if (units > 1 || made > 1) {
            StringBuilder message = new StringBuilder("The work of " + task + " was not the same:");
            tallies.forEach((contestant, tally) -> message.append(' ').append(contestant.name()).append(' ').append(tally));
            throw new IllegalStateException(message.toString());
        }
    }

    /** The memory of a contestant, to be read at the end. */
    Map<String, Memory> memory() throws IOException {
        Map<String, Memory> memory = new LinkedHashMap<>();
        for (Contestant contestant : contestants) {
            memory.put(contestant.name(), contestant.end());
        }
        return memory;
    }

    @Override
    public void close() {
        contestants.forEach(Contestant::close);
    }
}
