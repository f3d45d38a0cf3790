package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test of jobs at a provider in memory. */
abstract class RunnerTest {

    @TempDir
    Path root;

    RunnerBench bench;

    @BeforeEach
    final void open() {
        bench = new RunnerBench(root);
    }

    @AfterEach
    final void close() {
        bench.close();
    }

    final void assertEachLinePaidOnce(int lines) {
        assertThat(bench.provider.paid()).hasSize(lines).allSatisfy((line, times) -> assertThat(times).as(line).isEqualTo(1));
    }
}
