package io.quarkiverse.openai.batch.endurance.tried;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.quarkiverse.openai.batch.endurance.sweep.Arguments;

/** Tries every input of every area, and prints how many held. */
public final class Tried {

    private final Map<String, AreaSource> areas = new LinkedHashMap<>();
    private final int atOnce;
    private final String only;

    private interface AreaSource {
        Area open() throws IOException;
    }

    private Tried(Path cli, int atOnce, String only) {
        this.atOnce = atOnce;
        this.only = only;
        areas.put("answers", () -> new ProvidersAnswers(new Tool(cli)));
        areas.put("inputs", () -> new InputFiles(new Tool(cli)));
        areas.put("outputs", () -> new Outputs(new Tool(cli)));
        areas.put("arguments", () -> new CommandLines(new Tool(cli)));
        areas.put("store", () -> new DamagedStores(new Tool(cli)));
        areas.put("disks", () -> new Disks(new Tool(cli)));
        areas.put("requests", EmulatorRequests::new);
        areas.put("load", EmulatorLoad::new);
        areas.put("lines", EmulatorLines::new);
        areas.put("options", EmulatorOptionsTried::new);
    }

    /**
     * Tries areas, prints what does not hold, and a table.
     *
     * @param names of the areas: answers, inputs, outputs, arguments, store, disks (which need the tool), requests, load,
     *        lines,
     *        options
     * @param cli the packaged tool; not read unless an area needs it
     * @param atOnce how many trials run at once
     * @param only tries inputs whose names contain this
     * @return how many did not hold
     */
    public static int run(List<String> names, Path cli, int atOnce, String only) throws Exception {
        Tried tried = new Tried(cli, atOnce, only);
        StringBuilder table = new StringBuilder("%-10s %6s %6s%n".formatted("area", "tried", "held"));
        int broken = 0;
        for (String name : names) {
            List<Boolean> held = tried.area(name);
            int good = Collections.frequency(held, true);
            table.append("%-10s %6d %6d%n".formatted(name, held.size(), good));
            broken += held.size() - good;
        }
        System.out.print(table);
        return broken;
    }

    /** Whether each trial held. */
    private List<Boolean> area(String name) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(atOnce);
        try (Area area = areas.get(name).open()) {
            List<Future<Boolean>> trials = area.trials().stream().filter(trial -> trial.name().contains(only))
                    .map(trial -> workers.submit(() -> holds(name, trial))).toList();
            List<Boolean> held = new ArrayList<>();
            for (Future<Boolean> trial : trials) {
                held.add(trial.get());
            }
            return held;
        } finally {
            workers.shutdown();
        }
    }

    private static boolean holds(String area, Trial trial) {
        String why = trial.run();
        if (why != null) {
            System.out.println("not held: " + area + ": " + trial.name() + ": " + why);
        }
        return why == null;
    }

    /**
     * Arguments: {@code areas=answers,inputs cli=quarkus-run.jar at-once=2 only=timestamp}. Ends with 1 if something did not
     * hold.
     */
    public static void main(String... arguments) throws Exception {
        Arguments values = new Arguments(arguments);
        Path cli = Path.of(values.text("cli", "../../cli/target/quarkus-app/quarkus-run.jar")).toAbsolutePath().normalize();
        String all = "answers,inputs,outputs,arguments,store,disks,requests,load,lines,options";
        List<String> names = List.of(values.text("areas", all).split(","));
        if (!Files.exists(cli)) {
            System.err.println("There is no packaged tool at " + cli + "; name it with cli=");
            System.exit(2);
        }
        System.exit(run(names, cli, (int) values.number("at-once", 2), values.text("only", "")) == 0 ? 0 : 1);
    }
}
