package io.quarkiverse.openai.batch.benchmarks.run;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A titled table, for a terminal and for AsciiDoc. */
final class Table {

    private final String title;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String title, String... columns) {
        this.title = title;
        rows.add(List.of(columns));
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    String text() {
        int[] widths = IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0)).toArray();
        return title + "\n" + rows.stream().map(row -> aligned(row, widths)).collect(Collectors.joining());
    }

    private static String aligned(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder("  ");
        for (int i = 0; i < widths.length; i++) {
            String format = i == 0 ? "%-" + widths[i] + "s" : "  %" + widths[i] + "s";
            line.append(format.formatted(row.get(i)));
        }
        return line.append('\n').toString();
    }

    String asciidoc() {
        String columns = "<" + ",>".repeat(rows.get(0).size() - 1);
        StringBuilder table = new StringBuilder(".").append(title).append("\n[cols=\"").append(columns)
                .append("\",options=\"header\"]\n|===\n");
        for (List<String> row : rows) {
            table.append("|").append(String.join(" |", row)).append('\n');
        }
        return table.append("|===\n").toString();
    }
}
