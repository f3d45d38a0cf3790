package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.provider.ClientSettings;

class AWebhookWakesTheLookTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir
    Path root;

    private RunnerBench bench;

    @BeforeEach
    void watch() {
        bench = new RunnerBench(root);
        bench.settings = bench.settings.withPolls(HOUR, HOUR);
        bench.submit(3);
        bench.until("its batch runs", () -> bench.chunk(1).state() == ChunkState.WATCHED);
        bench.run(MINUTE);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void ofItsClientLongBeforeTheNextPoll() {
        bench.provider.complete();
        bench.run(MINUTE);
        assertThat(bench.report().state()).isEqualTo(JobState.RUNNING);

        assertThat(changed(bench.chunk(1).remote().batchId())).isTrue();
        bench.run(MINUTE);

        assertThat(bench.report().state()).isEqualTo(JobState.FINISHED);
    }

    @Test
    void onlyForABatchOfAJob() {
        long looks = bench.provider.count(Verb.LIST);

        assertThat(changed("batch_of_somebody_else")).isFalse();
        assertThat(bench.runner().changed("other", bench.chunk(1).remote().batchId())).isFalse();
        bench.run(MINUTE);

        assertThat(bench.provider.count(Verb.LIST)).isEqualTo(looks);
    }

    @Test
    void onceASecondHoweverManyThereAre() {
        long looks = bench.provider.count(Verb.LIST);

        for (int call = 0; call < 1_000; call++) {
            changed(bench.chunk(1).remote().batchId());
            bench.run(Duration.ofMillis(3));
        }
        bench.run(MINUTE);

        assertThat(bench.provider.count(Verb.LIST) - looks).isBetween(3L, 5L);
    }

    @Test
    void forAnyBatchWhileTheIdOfOneIsNotKnown() {
        bench.provider.complete();
        changed(bench.chunk(1).remote().batchId());
        bench.finish();
        bench.close();
        bench = new RunnerBench(root.resolve("lost"));
        bench.settings = bench.settings.withPolls(HOUR, HOUR);
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(1);
        bench.until("its create is open", () -> bench.chunk(1).state() == ChunkState.CREATING);

        assertThat(changed("batch_not_known_yet")).isTrue();
    }

    private boolean changed(String batch) {
        return bench.runner().changed(ClientSettings.DEFAULT_NAME, batch);
    }
}
