package io.quarkiverse.openai.batch.runtime.job.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.openai.batch.jsonl.ForkedJvm;

/** A line of a chunk that is collected takes at most 50 bytes: 64 MB of heap are enough for a million. */
class CollectingAMillionLinesNeedsLittleMemoryTest {

    @TempDir
    Path root;

    @Test
    void oneChunkOfAMillionLines() throws Exception {
        assertThat(ForkedJvm.run(MillionResults.class, root.toString())).isEqualTo("900000 100000");
    }
}
