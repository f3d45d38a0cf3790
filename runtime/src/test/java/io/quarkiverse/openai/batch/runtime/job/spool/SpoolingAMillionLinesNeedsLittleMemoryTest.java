package io.quarkiverse.openai.batch.runtime.job.spool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.quarkiverse.openai.batch.jsonl.ForkedJvm;

/** What is kept of a line is its custom_id, in less than 8 bytes: 64 MB of heap are enough for a million. */
class SpoolingAMillionLinesNeedsLittleMemoryTest {

    @Test
    void in64Megabytes() throws Exception {
        assertThat(ForkedJvm.run(MillionLines.class).lines()).contains("20 1000000");
    }
}
