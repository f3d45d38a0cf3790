package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkus.runtime.LaunchMode;

/** Dev mode keeps its jobs, and its emulator forgets their batches when it ends. */
class JobsOfAnEmulatorThatIsGoneAreDroppedTest extends RunnerTest {

    private final LaunchMode before = LaunchMode.current();

    @AfterEach
    void restore() {
        LaunchMode.set(before);
    }

    @Test
    void inDevMode() {
        restartWithoutBatches("emulator", LaunchMode.DEVELOPMENT);
        assertThat(bench.runner().find(RunnerBench.JOB)).isEmpty();
        bench.submit(3);
        bench.finish();
        assertThat(bench.report().lines()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({ "account, DEVELOPMENT", "emulator, NORMAL" })
    void butNoOthers(String account, LaunchMode mode) {
        restartWithoutBatches(account, mode);
        assertThat(bench.runner().find(RunnerBench.JOB)).isPresent();
    }

    private void restartWithoutBatches(String account, LaunchMode mode) {
        LaunchMode.set(mode);
        bench.account = account;
        bench.submit(3);
        bench.until("its batch runs", () -> bench.chunk(1).state() == ChunkState.WATCHED);
        bench.stop();
        bench.provider.batches().forEach(batch -> {
            bench.provider.forget(batch.inputFile());
            bench.provider.forget(batch.id());
        });
        bench.run(Duration.ofMinutes(30));
    }
}
