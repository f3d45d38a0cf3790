package io.quarkiverse.openai.batch.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostsAreRoundedTest {

    @ParameterizedTest
    @CsvSource({ "1234.565, 1234.57", "1, 1.00", "0.999, 1.00", "0.12, 0.12", "0.1249, 0.12", "0.012345, 0.012",
            "0.000004, 0.000004", "0, 0.00", "0.000000, 0.00" })
    void toHundredthsOrTwoDigits(BigDecimal cost, String text) {
        assertThat(CostText.of(cost)).isEqualTo(text);
    }
}
