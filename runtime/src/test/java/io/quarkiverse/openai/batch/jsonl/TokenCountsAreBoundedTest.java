package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCountsAreBoundedTest {

    private static Usage usage(String input, String output, String total) {
        return BatchResult.parse("""
                {"custom_id":"a","response":{"status_code":200,"body":{"usage":{"prompt_tokens":%s,"completion_tokens":%s,\
                "total_tokens":%s,"prompt_tokens_details":{"cached_tokens":%s},\
                "completion_tokens_details":{"reasoning_tokens":%s}}}}}""".formatted(input, output, total, input, output)
                .getBytes(StandardCharsets.UTF_8)).usage();
    }

    @ParameterizedTest
    @CsvSource({
            "3, 4, 7, 3, 4, 7", "3, 4, null, 3, 4, 7", "3, 4, -7, 3, 4, 7",
            "-1000000, -1000000, -2000000, 0, 0, 0", "1e300, 4, 7, 1000000000000, 4, 7",
            "9223372036854775807, 1, null, 1000000000000, 1, 1000000000000",
            "1, 2, 1" + "00000000000000000000" + ", 1, 2, 1000000000000" })
    void aLineUsesZeroToATrillionTokens(String input, String output, String total, long inputs, long outputs, long totals) {
        assertThat(usage(input, output, total)).isEqualTo(new Usage(inputs, outputs, totals, inputs, outputs));
    }

    @Test
    void aSumEndsAtAThousandTrillions() {
        Usage most = new Usage(Long.MAX_VALUE, 1, Long.MAX_VALUE, 0, 1_000_000_000_000L);
        Usage sum = most.plus(most);
        assertThat(sum).isEqualTo(new Usage(1_000_000_000_000_000L, 2, 1_000_000_000_000_000L, 0, 2_000_000_000_000L));
        assertThat(sum.plus(sum).totalTokens()).isEqualTo(sum.totalTokens());
    }
}
