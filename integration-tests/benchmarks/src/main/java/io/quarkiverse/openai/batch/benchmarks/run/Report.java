package io.quarkiverse.openai.batch.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.benchmarks.contest.Scenario;

/** The tables of a run. */
final class Report {

    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("read-structured", "Reading results: structured answers, %,d lines"),
            Map.entry("read-text", "Reading results: texts, %,d lines"),
            Map.entry("write", "Writing %,d requests"),
            Map.entry("upload", "Uploading the file of %,d requests"),
            Map.entry("write-upload", "Writing %,d requests and uploading them"),
            Map.entry("download-read", "Downloading and reading results: structured answers, %,d lines"),
            Map.entry("spool", "Spooling a job of %,d lines"),
            Map.entry("collect", "Collecting and handing over a job of %,d lines"),
            Map.entry("create-1", "createBatch, one at a time"),
            Map.entry("retrieve-1", "retrieveBatch, one at a time"),
            Map.entry("create-64", "createBatch, 64 at once"),
            Map.entry("retrieve-64", "retrieveBatch, 64 at once"));

    private final List<Table> tables = new ArrayList<>();
    private final List<String> budgets = new ArrayList<>();

    void add(Scenario scenario, Series series) {
        boolean calls = scenario == Scenario.CALL;
        String unit = calls ? "µs a call" : "ms";
        Table table = new Table(TITLES.get(series.task()).formatted(series.units(Scenario.OURS)), "", unit, "middle half",
                "CPU", "times ours", "middle half", "CPU, times ours");
        for (String contestant : series.contestants()) {
            double divisor = calls ? 1e3 * series.units(contestant) : 1e6;
            Spread clock = series.spread(contestant, Sample::nanos);
            Spread ratio = series.ratio(contestant, Scenario.OURS, Sample::nanos);
            table.row(contestant, time(clock.median() / divisor),
                    time(clock.low() / divisor) + "–" + time(clock.high() / divisor),
                    time(series.spread(contestant, Sample::cpuNanos).median() / divisor), ratio(ratio.median()),
                    ratio(ratio.low()) + "–" + ratio(ratio.high()),
                    ratio(series.ratio(contestant, Scenario.OURS, Sample::cpuNanos).median()));
        }
        tables.add(table);
        Budget.of(series).forEach(budget -> budgets.add(budget.judge(series)));
    }

    void add(Scenario scenario, Map<String, Memory> memory) {
        Table table = new Table("Memory of the processes: " + scenario.name().toLowerCase(Locale.ROOT), "", "-Xmx",
                "heap after collections, MB", "resident set, MB");
        memory.forEach((contestant, most) -> table.row(contestant, most.limit(), megabytes(most.heapAfterCollection()),
                megabytes(most.residentSet())));
        tables.add(table);
    }

    void add(Table table) {
        tables.add(table);
    }

    String text() {
        return joined(Table::text) + "Budget\n"
                + budgets.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
    }

    String asciidoc() {
        return joined(Table::asciidoc) + "== Budget\n\n"
                + budgets.stream().map(line -> "* " + line + "\n").collect(Collectors.joining());
    }

    private String joined(Function<Table, String> format) {
        return tables.stream().map(format).map(table -> table + "\n").collect(Collectors.joining());
    }

    private static String time(double value) {
        return (value < 10 ? "%.1f" : "%,.0f").formatted(value);
    }

    private static String ratio(double value) {
        return "%.2f".formatted(value);
    }

    private static String megabytes(long bytes) {
        return bytes == 0 ? "?" : "%.0f".formatted(bytes / 1e6);
    }
}
