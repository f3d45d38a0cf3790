package io.quarkiverse.openai.batch.endurance.process;

import java.time.Duration;
import java.util.function.Supplier;

import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobReport.WaitsFor;

/**
 * Sees that a job neither hangs nor is silent for more than ten minutes of the provider's time: it calls the store or the
 * provider, unless it waits for people or their code, and its report says what it waits for.
 */
final class Vigil {

    private static final Duration SILENCE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(500);
    /** A loaded machine may do nothing for a while. */
    private static final Duration SLACK = Duration.ofSeconds(10);

    private final Supplier<BatchJob> job;
    private final Points points;
    private final Hands hands;
    private final long nanos;

    /** @param factor the speed of the provider's time */
    Vigil(Supplier<BatchJob> job, Points points, Hands hands, int factor) {
        this.job = job;
        this.points = points;
        this.hands = hands;
        this.nanos = SILENCE.dividedBy(factor).plus(SLACK).toNanos();
    }

    void start() {
        Thread thread = new Thread(this::watch, "vigil");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        int calls = -1;
        long active = System.nanoTime();
        long said = active;
        while (true) {
            try {
                Thread.sleep(LOOK.toMillis());
                active = points.calls() == calls ? active : System.nanoTime();
                JobReport report = job.get() == null ? null : job.get().report();
                calls = points.calls();
                if (report == null || report.state().isTerminal() || report.reason() != null || waitsForPeople(report)) {
                    active = System.nanoTime();
                    said = active;
                } else if (!report.waits().isEmpty()) {
                    said = System.nanoTime();
                }
                if (System.nanoTime() - Math.min(active, said) > nanos) {
                    hands.halt("silent %s, waits for %s, after %d calls".formatted(report.state(), report.waits(), calls));
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException closedJustNow) {
                active = System.nanoTime();
            }
        }
    }

    private static boolean waitsForPeople(JobReport report) {
        return report.waits().stream().map(JobReport.Wait::what)
                .anyMatch(what -> what == WaitsFor.PERSON || what == WaitsFor.SOURCE || what == WaitsFor.HANDLER);
    }
}
