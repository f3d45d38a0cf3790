package io.quarkiverse.openai.batch.benchmarks.run;

import java.util.List;

import io.quarkiverse.openai.batch.benchmarks.contest.Scenario;

/**
 * A budget of the extension.
 *
 * @param task whose time counts
 * @param peer compared with
 * @param least the least ratio of the peer's time to the extension's
 */
public record Budget(String task, String peer, double least) {

    /** A call may take 1.3 times as long as with the bare REST client. */
    private static final double REST_CLIENT_SHARE = 1 / 1.3;

    static final List<Budget> ALL = List.of(
            new Budget("read-structured", Scenario.OPENAI_JAVA, 4),
            new Budget("read-structured", Scenario.TOKENS, 0.65),
            new Budget("read-text", Scenario.OPENAI_JAVA, 4),
            new Budget("read-text", Scenario.TOKENS, 0.65),
            new Budget("write-upload", Scenario.OPENAI_JAVA, 1.5),
            new Budget("create-64", Scenario.OPENAI_JAVA, 1),
            new Budget("retrieve-64", Scenario.OPENAI_JAVA, 1),
            new Budget("create-64", Scenario.REST_CLIENT, REST_CLIENT_SHARE),
            new Budget("retrieve-64", Scenario.REST_CLIENT, REST_CLIENT_SHARE));

    static List<Budget> of(Series series) {
        return ALL.stream().filter(budget -> budget.task.equals(series.task()) && series.contestants().contains(budget.peer))
                .toList();
    }

    /** In words, met or missed. */
    String judge(Series series) {
        Spread ratio = series.ratio(peer, Scenario.OURS, Sample::nanos);
        Spread cpu = series.ratio(peer, Scenario.OURS, Sample::cpuNanos);
        return "%s: %s takes at least %.2f times as long: %.2f (of CPU %.2f): %s".formatted(task, peer, least, ratio.median(),
                cpu.median(), ratio.median() >= least ? "met" : "missed");
    }
}
