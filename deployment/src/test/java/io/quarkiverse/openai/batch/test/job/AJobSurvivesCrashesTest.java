package io.quarkiverse.openai.batch.test.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.openai.batch.runtime.job.JobClient;
import io.quarkus.test.QuarkusUnitTest;

/**
 * Halts a job before and after its effects outside, over a provider that misbehaves. {@code -Djobs.crash-sweep.seeds=300} is
 * the
 * long sweep, {@code -Djobs.crash-sweep.from=17} begins with another seed.
 */
class AJobSurvivesCrashesTest {

    private static final long FROM = Long.getLong("jobs.crash-sweep.from", 0);
    private static final long SEEDS = Long.getLong("jobs.crash-sweep.seeds", 25);
    private static final int AT_ONCE = 6;

    @RegisterExtension
    static final QuarkusUnitTest APP = new QuarkusUnitTest()
            .withApplicationRoot(app -> app.addPackage(JobBench.class.getPackage()))
            .overrideConfigKey("quarkus.http.test-port", "0")
            .overrideConfigKey("quarkus.openai-batch.devservices.enabled", "false")
            .overrideConfigKey("quarkus.log.category.\"io.quarkiverse.openai.batch\".level", "OFF");

    @Test
    void everyLineHasOneAnswerAndNoneIsPaidTwice() {
        assertThat(failures(UnaryOperator.identity(), SEEDS, Duration.ofSeconds(90))).isEmpty();
    }

    @Test
    void theSweepFindsACreateThatIsRepeatedBlindly() {
        assertThat(failures(Mutants::createsBlindly, 12, Duration.ofSeconds(8))).isNotEmpty();
    }

    @Test
    void theSweepFindsABatchThatIsAdoptedByItsNameOnly() {
        assertThat(failures(Mutants::adoptsByName, 12, Duration.ofSeconds(8))).isNotEmpty();
    }

    @Test
    void theSweepFindsABatchThatIsCollectedBeforeItsEnd() {
        assertThat(failures(Mutants::collectsEarly, 12, Duration.ofSeconds(8))).isNotEmpty();
    }

    private static List<String> failures(UnaryOperator<JobClient> mutation, long seeds, Duration atMost) {
        ExecutorService runs = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<String>> failures = LongStream.range(FROM, FROM + seeds)
                    .mapToObj(seed -> runs.submit(() -> failure(seed, mutation, atMost))).toList();
            List<String> found = new ArrayList<>();
            for (Future<String> failure : failures) {
                String text = failure.get();
                if (text != null) {
                    found.add(text);
                }
            }
            return found;
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            runs.shutdownNow();
        }
    }

    private static String failure(long seed, UnaryOperator<JobClient> mutation, Duration atMost) {
        try {
            new CrashSweep(seed, mutation, atMost).run();
            return null;
        } catch (AssertionError | RuntimeException e) {
            return "seed " + seed + ": " + e;
        }
    }
}
