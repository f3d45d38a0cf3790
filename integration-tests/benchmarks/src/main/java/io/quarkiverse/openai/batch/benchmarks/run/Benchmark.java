package io.quarkiverse.openai.batch.benchmarks.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.quarkiverse.openai.batch.benchmarks.contest.Scenario;
import io.quarkiverse.openai.batch.benchmarks.data.Answers;
import io.quarkiverse.openai.batch.benchmarks.data.ResultFile;
import io.quarkiverse.openai.batch.benchmarks.server.CannedServer;
import io.quarkiverse.openai.batch.benchmarks.work.Settings;

/**
 * Runs the scenarios and prints their tables; it also writes them, with all samples, to the directory {@code benchmark}. Start
 * it in the directory in which the application was built.
 */
public final class Benchmark {

    private final Settings settings;
    private final List<Scenario> scenarios;
    private final Report report = new Report();

    private Benchmark(Settings settings, List<Scenario> scenarios) {
        this.settings = settings;
        this.scenarios = scenarios;
    }

    /**
     * @param args the scenarios, all if none; settings such as {@code rounds=3}
     */
    public static void main(String[] args) throws IOException {
        List<Scenario> scenarios = new ArrayList<>();
        for (String arg : args) {
            String[] setting = arg.split("=", 2);
            if (setting.length == 2) {
                System.setProperty("benchmark." + setting[0], setting[1]);
            } else {
                scenarios.add(Scenario.valueOf(arg.toUpperCase(Locale.ROOT)));
            }
        }
        new Benchmark(Settings.ofSystemProperties(), scenarios.isEmpty() ? List.of(Scenario.values()) : scenarios).run();
    }

    private void run() throws IOException {
        Machine machine = new Machine();
        Files.createDirectories(settings.directory());
        for (Answers answers : Answers.values()) {
            ResultFile.write(settings.resultFile(answers), answers, settings.resultBytes());
        }
        try (PrintWriter samples = new PrintWriter(settings.directory().resolve("samples.csv").toFile(), "UTF-8");
                Fork server = server()) {
            Settings withServer = settings.withServer(URI.create("http://127.0.0.1:" + server.answer()));
            samples.println("scenario,task,contestant,nanos,cpu_nanos");
            for (Scenario scenario : scenarios) {
                if (scenario == Scenario.JOB) {
                    writeResultsOfBatches();
                }
                run(scenario, withServer, samples);
            }
        }
        report.add(machine.table());
        Files.writeString(settings.directory().resolve("results.adoc"), report.asciidoc());
        System.out.println("\n" + report.text());
    }

    private void writeResultsOfBatches() throws IOException {
        for (int batch = 0; batch < settings.batches(); batch++) {
            ResultFile.write(settings.batchResults(batch), Answers.STRUCTURED, batch * Settings.LINES_A_BATCH,
                    settings.linesOf(batch));
        }
    }

    private Fork server() throws IOException {
        List<String> arguments = new ArrayList<>(Fork.mainClass(CannedServer.class));
        arguments.add(settings.resultFile(Answers.STRUCTURED).toString());
        return new Fork("server", settings.directory(), "64m", arguments);
    }

    private void run(Scenario scenario, Settings withServer, PrintWriter samples) throws IOException {
        try (Match match = new Match(scenario, withServer)) {
            for (Series series : match.run()) {
                report.add(scenario, series);
                series.samples().forEach((contestant, all) -> all.forEach(sample -> samples.printf("%s,%s,\"%s\",%d,%d%n",
                        scenario, series.task(), contestant, sample.nanos(), sample.cpuNanos())));
            }
            report.add(scenario, match.memory());
        }
    }
}
