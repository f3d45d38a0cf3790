package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.admission.EnqueuedTokens;
import io.quarkiverse.openai.batch.runtime.job.batch.Create;
import io.quarkiverse.openai.batch.runtime.job.batch.Looks;
import io.quarkiverse.openai.batch.runtime.job.batch.Watch;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;
import io.quarkiverse.openai.batch.runtime.job.setup.JobClient;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/** A look reads rows first and the listing then; a batch may be created in between, and its answer come later. */
class ALookMayBeOvertakenByACreateTest extends RunnerTest {

    @Test
    void theBatchThatItSeesIsNoTwin() {
        bench.provider.lose(Verb.CREATE, Kind.OPEN);
        bench.submit(3);
        bench.until("its chunk may be sent", () -> bench.chunk(1).state() == ChunkState.ADMITTED);
        ChunkRow before = bench.chunk(1);
        bench.until("its batch was created, and nobody knows", () -> bench.chunk(1).state() == ChunkState.CREATING
                && !bench.provider.batches().isEmpty());

        look(before);

        assertThat(bench.chunk(1).state()).isEqualTo(ChunkState.CREATING);
        assertThat(bench.chunk(1).remote().twins()).isEmpty();
        assertThat(bench.finish().state()).isEqualTo(JobState.FINISHED);
        assertThat(bench.report().sending().batches()).isEqualTo(1);
        assertEachLinePaidOnce(3);
    }

    private void look(ChunkRow before) {
        SteadyClock clock = bench.clock.steady();
        Create create = new Create(bench.store(), clock, new EnqueuedTokens(bench.store(), clock));
        new Watch(bench.store(), clock, create, new Looks(bench.store(), clock)).run("", List.of(before),
                new JobClient(bench.provider, bench.settings, bench.account), chunk -> {
                });
    }
}
