package io.quarkiverse.openai.batch.cli.report;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

import io.quarkiverse.openai.batch.job.JobReport;

/** A job a line. */
public final class ReportTable {

    private final List<JobReport> reports;

    public ReportTable(List<JobReport> reports) {
        this.reports = reports;
    }

    @Override
    public String toString() {
        int width = reports.stream().mapToInt(report -> report.name().length()).max().orElse(0);
        String row = "%-" + Math.max(width, 4) + "s  %-11s  %10s  %10s  %7s  %9s  %s";
        return row.formatted("NAME", "STATE", "LINES", "SETTLED", "BATCHES", "COST", "CREATED") + reports.stream()
                .map(report -> System.lineSeparator() + row.formatted(report.name(), ReportText.state(report), report.lines(),
                        settled(report), report.sending().batches(), cost(report),
                        report.times().createdAt().truncatedTo(ChronoUnit.SECONDS)))
                .collect(Collectors.joining());
    }

    /** Nothing if it is not known. */
    private static String cost(JobReport report) {
        String cost = ReportText.cost(report);
        return cost == null ? "" : cost;
    }

    private static long settled(JobReport report) {
        return report.outcomes().values().stream().mapToLong(Long::longValue).sum();
    }
}
