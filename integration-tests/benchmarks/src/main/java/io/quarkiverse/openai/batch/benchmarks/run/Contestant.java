package io.quarkiverse.openai.batch.benchmarks.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.openai.batch.benchmarks.contest.PlainContestant;
import io.quarkiverse.openai.batch.benchmarks.contest.Scenario;
import io.quarkiverse.openai.batch.benchmarks.work.Settings;

/** A contestant in its process. */
final class Contestant implements AutoCloseable {

    private static final String HEAP = "64m";

    /** It holds the file that it uploads in memory. */
    private static final String HEAP_OF_SIMPLE_OPENAI = "1g";

    /** All others run on the bare JVM. */
    private static final Set<String> QUARKUS = Set.of(Scenario.OURS, Scenario.OURS_REACTIVE, Scenario.REST_CLIENT,
            Scenario.REST_CLIENT_REACTIVE, Scenario.VERTX);

    private final String name;
    private final String heap;
    private final Fork fork;

    Contestant(Scenario scenario, String name, Settings settings) throws IOException {
        this.name = name;
        this.heap = scenario == Scenario.TRANSFER && name.equals(Scenario.SIMPLE_OPENAI) ? HEAP_OF_SIMPLE_OPENAI : HEAP;
        List<String> arguments = new ArrayList<>(settings.asOptions());
        if (scenario != Scenario.READ && QUARKUS.contains(name)) {
            arguments.addAll(List.of("-jar", Path.of("quarkus-app", "quarkus-run.jar").toString()));
        } else {
            arguments.addAll(Fork.mainClass(PlainContestant.class));
        }
        arguments.addAll(List.of(scenario.name(), name));
        fork = new Fork(scenario + " " + name, settings.directory(), heap, arguments);
    }

    String name() {
        return name;
    }

    /** Empty if it failed. */
    Optional<Sample> run(String task) throws IOException {
        String answer = fork.ask(task);
        return answer.equals("failed") ? Optional.empty() : Optional.of(Sample.parse(answer));
    }

    Memory end() throws IOException {
        return Memory.parse(heap, fork.ask("end"));
    }

    @Override
    public void close() {
        fork.close();
    }
}
