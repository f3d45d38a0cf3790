package io.quarkiverse.openai.batch.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobReport.Wait;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.jsonl.Usage;

/** What the user reads of a job: a label and a value a line. */
public final class ReportText {

    private static final int BATCHES_SHOWN = 20;

    private final StringBuilder text = new StringBuilder();

    /** What a job came to, or has until now. */
    public static ReportText of(JobReport report) {
        return new ReportText()
                .with("Job", report.name() + ", " + state(report))
                .with("Reason", report.reason())
                .with("Lines", report.lines())
                .with("Succeeded", report.count(Outcome.SUCCEEDED))
                .with("Failed", report.count(Outcome.FAILED))
                .withOutcomes(report)
                .withUnlessZero("Extra", report.results().ignored(), "result lines that answer no line, or one again")
                .with("Foreign", foreign(report.results().unattributed()))
                .with("Errors",
                        report.results().firstErrors().isEmpty() ? null : String.join(", ", report.results().firstErrors()))
                .with("Batches", report.sending().batches())
                .with("Tokens", tokens(report.usage().total()))
                .with("Cost", cost(report))
                .with("Expected", expected(report))
                .with("Time", time(report.duration(Instant.now())));
    }

    /** The same and what else is known. */
    public static ReportText inFull(JobReport report) {
        ReportText text = of(report)
                .with("Paid", report.payment().paid() + " lines")
                .withUnlessZero("Unpaid", report.payment().unpaid(), "lines")
                .withUnlessZero("Unknown", report.payment().unknown(), "lines that may have been paid, without an answer")
                .with("Attempts", report.sending().attempts())
                .withUnlessZero("Resent", report.sending().resent(), "times a line that was not paid")
                .withUnlessZero("Resent", report.sending().resentUnknown(), "times a line that may have been paid")
                .withUnlessZero("Twins", report.sending().duplicates(), "batches that were created twice")
                .with("Created", report.times().createdAt())
                .with("Ended", report.times().endedAt());
        report.waits().forEach(wait -> text.with("Waits for", waits(wait)));
        report.batches().stream().limit(BATCHES_SHOWN).forEach(batch -> text.with("Batch", "%s of chunk %d%s".formatted(
                batch.id(), batch.chunk(), batch.status() == null ? "" : ", " + batch.status())));
        text.withUnlessZero("Batch", Math.max(0, report.batches().size() - BATCHES_SHOWN), "more");
        report.usage().ofModels()
                .forEach((model, usage) -> text.with("Model", (model.isEmpty() ? "none" : model) + ": " + tokens(usage)));
        return text;
    }

    private static String waits(Wait wait) {
        return wait.what().name().toLowerCase(Locale.ROOT) + chunks(wait.chunks())
                + (wait.since() == null ? "" : ", since " + wait.since().truncatedTo(ChronoUnit.SECONDS));
    }

    private static String chunks(int number) {
        return number == 0 ? "" : number == 1 ? ", 1 chunk" : ", %d chunks".formatted(number);
    }

    public static String state(JobReport report) {
        return report.state().name().toLowerCase(Locale.ROOT);
    }

    /** Left out if the value is null. */
    public ReportText with(String label, Object value) {
        if (value != null) {
            text.append("%s%-10s %s".formatted(text.isEmpty() ? "" : System.lineSeparator(), label,
                    SafeText.of(value.toString(), 500)));
        }
        return this;
    }

    private ReportText withUnlessZero(String label, long count, String meaning) {
        return with(label, count == 0 ? null : count + " " + meaning);
    }

    /** The outcomes that are rare. */
    private ReportText withOutcomes(JobReport report) {
        Stream.of(Outcome.EXPIRED, Outcome.CANCELLED, Outcome.MISSING, Outcome.MALFORMED, Outcome.INVALID)
                .filter(outcome -> report.count(outcome) > 0)
                .forEach(outcome -> with(outcome.name().charAt(0) + outcome.name().substring(1).toLowerCase(Locale.ROOT),
                        report.count(outcome)));
        return this;
    }

    private static String foreign(String fields) {
        return fields == null ? null : "result lines with the fields " + fields + "; the provider's files stay there";
    }

    private static String tokens(Usage usage) {
        return "%d (%d in, %d out)".formatted(usage.totalTokens(), usage.inputTokens(), usage.outputTokens());
    }

    /** Null if it is not known. */
    static String cost(JobReport report) {
        return report.usage().total().totalTokens() == 0 ? null : CostText.ofKnown(report.usage().cost());
    }

    /** Of all lines; null if nothing is to come any more. */
    private static String expected(JobReport report) {
        if (report.state().isTerminal() || report.usage().expectedTokens() == 0) {
            return null;
        }
        String cost = CostText.ofKnown(report.usage().expectedCost());
        return report.usage().expectedTokens() + " tokens" + (cost == null ? "" : ", cost " + cost);
    }

    private static String time(Duration time) {
        return time.toMinutes() == 0 ? "%d.%03d s".formatted(time.toSeconds(), time.toMillisPart())
                : "%d:%02d:%02d".formatted(time.toHours(), time.toMinutesPart(), time.toSecondsPart());
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
