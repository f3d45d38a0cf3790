package io.quarkiverse.openai.batch.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.jsonl.Outcome;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

/** A file that cannot be uploaded, for example because of a gateway's filter, must not keep others from their turn. */
class AChunkInTroubleHoldsNoRoomTest extends RunnerTest {

    @Test
    void whileItsUploadFailsForEver() {
        bench.settings = bench.settings.withRoom(0, 1, 0);
        bench.provider.refusedLine = "\"line-0\"";
        bench.submit(9);

        bench.until("the other chunks are done", () -> {
            bench.provider.complete();
            return bench.report().count(Outcome.SUCCEEDED) == 6;
        });

        assertThat(bench.chunk(1).state()).isEqualTo(ChunkState.UPLOADING);
        assertThat(bench.report().state()).isEqualTo(JobState.RUNNING);
        bench.run(Duration.ofHours(2));
        assertThat(bench.report().reason()).contains("The fake says TRANSIENT");
        bench.provider.refusedLine = null;
        assertThat(bench.finish().count(Outcome.SUCCEEDED)).isEqualTo(9);
        assertEachLinePaidOnce(9);
    }
}
