package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;

class AModelThatEndsGetsNoLinesTest extends RunnerTest {

    private final List<String> asked = new ArrayList<>();

    private void endsIn(int days) {
        bench.runner();
        LocalDate today = LocalDate.ofInstant(bench.clock.steady().wall(), ZoneOffset.UTC);
        bench.provider.ends = model -> {
            asked.add(model);
            return Optional.of(today.plusDays(days));
        };
    }

    @Test
    void beforeItsBatchesMayEndTheJobWaitsForAPerson() {
        endsIn(1);
        bench.submit(5);
        bench.until("it is paused", () -> bench.report().state() == JobState.PAUSED);
        assertThat(bench.report().reason()).contains("Model gpt-6-luna ends on 2026-11-22, and a batch may take 24h");
        assertThat(bench.provider.fileNames()).isEmpty();
        bench.job().resume();
        bench.until("it is paused again", () -> bench.report().state() == JobState.PAUSED);
        bench.settings = bench.settings.withCheckModels(false);
        bench.job().resume();
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(5);
    }

    @Test
    void laterTheJobRunsAndTheProviderIsAskedOnce() {
        endsIn(20);
        bench.submit(9);
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(9);
        assertThat(asked).containsExactly("gpt-6-luna");
    }

    @Test
    void aProviderThatDoesNotTellHoldsUpNothing() {
        bench.provider.ends = model -> {
            throw new IllegalStateException("404");
        };
        bench.submit(5);
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(5);
    }
}
