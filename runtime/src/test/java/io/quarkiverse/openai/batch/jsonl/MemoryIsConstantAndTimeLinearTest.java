package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

/** litellm PR #28965, control-layer PR #662, vllm #30268: whole files were held in memory. */
class MemoryIsConstantAndTimeLinearTest {

    /** The first files are read by code that is not compiled yet; quadratic time would be a factor of 10 and more. */
    private static final double MOST = 4;

    @Test
    void forOneAndTenAndAHundredFiles() throws Exception {
        List<String> lines = ForkedJvm.run(LinearTime.class).lines().toList();

        assertThat(lines).hasSize(3).allSatisfy(line -> {
            String[] fields = line.split(" ");
            double one = Double.parseDouble(fields[1]);
            double ten = Double.parseDouble(fields[2]);
            double hundred = Double.parseDouble(fields[3]);
            assertThat(ten).as(line).isLessThan(one * MOST);
            assertThat(hundred).as(line).isLessThan(Math.max(one, ten) * MOST);
        });
    }

    @Test
    void forALineWithoutEnd() throws Exception {
        assertThat(ForkedJvm.run(HugeLines.class).lines()).containsExactly(
                "longer than " + (8 << 20) + " bytes: " + (1000 << 20), "1 1");
    }
}
