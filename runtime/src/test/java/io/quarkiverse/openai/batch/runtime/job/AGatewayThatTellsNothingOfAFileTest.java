package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;
import io.quarkiverse.openai.batch.runtime.job.provider.ScriptedCalls.Verb;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

/** After a restart, a file of the job shows that the key opens the same account. Not every gateway can show a single file. */
class AGatewayThatTellsNothingOfAFileTest extends RunnerTest {

    @BeforeEach
    void aRestartBeforeTheCreate() {
        bench.submit(3);
        bench.until("its file is uploaded", () -> bench.chunk(1).state() == ChunkState.UPLOADED);
        bench.stop();
        bench.provider.failAlways(Verb.FILE, Kind.TRANSIENT);
    }

    @Test
    void isAskedForItsFiles() {
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(3);
        assertEachLinePaidOnce(3);
    }

    @Test
    void isNotTrustedIfItsFilesDoNotShowTheFile() {
        bench.provider.failAlways(Verb.FILES, Kind.UNSUPPORTED);

        bench.run(Duration.ofHours(1));

        assertThat(bench.report().state()).isEqualTo(JobState.RUNNING);
        assertThat(bench.report().reason()).contains("The fake says TRANSIENT");
        assertThat(bench.provider.batches()).isEmpty();
    }

    @Test
    void ofAnotherAccountIsNotAskedFurther() {
        bench.provider.failAlways(Verb.FILE, Kind.NOT_FOUND);

        bench.run(Duration.ofHours(1));

        assertThat(bench.report().state()).isEqualTo(JobState.PAUSED);
        assertThat(bench.provider.batches()).isEmpty();
        assertThat(bench.provider.count(Verb.FILES)).isZero();
    }
}
