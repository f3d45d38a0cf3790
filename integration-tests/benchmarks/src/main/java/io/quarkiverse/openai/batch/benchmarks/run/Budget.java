package io.quarkiverse.openai.batch.benchmarks.run;

import java.util.List;
import java.util.function.ToLongFunction;

import io.quarkiverse.openai.batch.benchmarks.contest.Scenario;

/**
 * A budget of the extension.
 *
 * @param task whose time counts
 * @param peer compared with
 * @param least the least ratio of the peer's time to the extension's
 * @param measure the time that counts
 */
public record Budget(String task, String peer, double least, Measure measure) {

    /** A kind of time. */
    enum Measure {

        TIME("as long", Sample::nanos),
        CPU("as much CPU", Sample::cpuNanos);

        private final String words;
        private final ToLongFunction<Sample> of;

        Measure(String words, ToLongFunction<Sample> of) {
            this.words = words;
            this.of = of;
        }
    }

    /** A call may take 1.25 times as long as with the bare REST client. */
    private static final double REST_CLIENT_SHARE = 1 / 1.25;
    /** A stage of a job may take 1.3 times the CPU of the least that must be done. */
    private static final double FLOOR_SHARE = 1 / 1.3;

    static final List<Budget> ALL = List.of(
            new Budget("read-structured", Scenario.OPENAI_JAVA, 4, Measure.TIME),
            new Budget("read-structured", Scenario.TOKENS, 0.75, Measure.TIME),
            new Budget("read-text", Scenario.OPENAI_JAVA, 3, Measure.TIME),
            new Budget("read-text", Scenario.TOKENS, 0.75, Measure.TIME),
            new Budget("write-upload", Scenario.OPENAI_JAVA, 1.5, Measure.TIME),
            new Budget("upload", Scenario.OPENAI_JAVA, 1, Measure.CPU),
            new Budget("create-64", Scenario.OPENAI_JAVA, 1.3, Measure.TIME),
            new Budget("retrieve-64", Scenario.OPENAI_JAVA, 1.3, Measure.TIME),
            new Budget("create-64", Scenario.REST_CLIENT, REST_CLIENT_SHARE, Measure.TIME),
            new Budget("retrieve-64", Scenario.REST_CLIENT, REST_CLIENT_SHARE, Measure.TIME),
            new Budget("spool", Scenario.FLOOR, FLOOR_SHARE, Measure.CPU),
            new Budget("collect", Scenario.FLOOR, FLOOR_SHARE, Measure.CPU));

    static List<Budget> of(Series series) {
        return ALL.stream().filter(budget -> budget.task.equals(series.task()) && series.contestants().contains(budget.peer))
                .toList();
    }

    /** In words, met or missed. */
    String judge(Series series) {
        double ratio = series.ratio(peer, Scenario.OURS, measure.of).median();
        return "%s: %s takes at least %.2f times %s: %.2f: %s".formatted(task, peer, least, measure.words, ratio,
                ratio >= least ? "met" : "missed");
    }
}
