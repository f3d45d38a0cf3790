package io.quarkiverse.openai.batch.runtime.job.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenLimitsAreReadFromMessagesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "Enqueued token limit reached for gpt-6-luna in organization org-1. Limit: 900,000 enqueued tokens. Please try again "
                    + "once some in_progress batches have been completed. | 900000",
            "The enqueued tokens exceed the configured limit of 30K | 30000",
            "LIMIT OF 2 M | 2000000",
            "limit: 1.5M tokens | 1500000",
            "Limit: 5 | 5",
            "Limit: 1,000,000,000,000 | 1000000000000" })
    void inTheFormOfEachProvider(String message, long limit) {
        assertThat(EnqueuedTokens.limitIn(message)).isEqualTo(limit);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", "Too many enqueued tokens", "The limit is reached", "limit: many", "Limit: ,", "Limit: 0" })
    void andAreUnknownIfTheMessageNamesNone(String message) {
        assertThat(EnqueuedTokens.limitIn(message)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "Limit: 1,000,000,000,001", "Limit: 2,000,000M", "Limit: 99999999999999999999999999",
            "Limit: 9223372036854775807K" })
    void orNamesOneThatNoAccountHas(String message) {
        assertThat(EnqueuedTokens.limitIn(message)).isZero();
    }
}
