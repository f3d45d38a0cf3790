package io.quarkiverse.openai.batch.runtime.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.RetryOptions;

class WaitsAreBoundedTest {

    private static final Instant NOW = Instant.parse("2026-11-21T07:28:00Z");
    private static final RetryOptions OPTIONS = RetryOptions.backoff().withJitter(0);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "250 | | 250",
            "250.5 | 60 | 250",
            "soon | 2 | 2000",
            "-5 | 60 | 0",
            "NaN | 1 | 1000",
            " | 2 | 2000",
            " | 0.25 | 250",
            " | 0 | 0",
            " | -1 | 0",
            " | 259200 | 259200000",
            " | Infinity | 315360000000",
            " | 1e400 | 315360000000",
            " | Sat, 21 Nov 2026 07:28:30 GMT | 30000",
            " | Sat, 21 Nov 2026 07:27:30 GMT | 0",
            " | Tue, 24 Nov 2026 07:28:00 GMT | 259200000",
            " | tomorrow |",
            " | |" })
    void whatTheServerAsksForIsReadInEveryForm(String millis, String retryAfter, Long wait) {
        assertThat(RetryAfter.of(headers("retry-after-ms", millis, "retry-after", retryAfter), NOW))
                .isEqualTo(Optional.ofNullable(wait).map(Duration::ofMillis));
    }

    @Test
    void aDateIsReadByTheServersClock() {
        Map<String, List<String>> headers = headers("retry-after", "Sat, 21 Nov 2020 07:28:30 GMT", "date",
                "Sat, 21 Nov 2020 07:28:00 GMT");

        assertThat(RetryAfter.of(headers, NOW)).contains(Duration.ofSeconds(30));
    }

    @Test
    void aRetryAfterOfDaysIsCut() {
        assertThat(wait(OPTIONS, "259200")).isEqualTo(60_000);
        assertThat(wait(OPTIONS.withMaxRetryAfter(Duration.ofSeconds(5)), "259200")).isEqualTo(5_000);
    }

    @Test
    void aDateInThePastIsNoNegativeWait() {
        assertThat(wait(OPTIONS, "Sat, 21 Nov 2020 07:28:30 GMT")).isZero();
    }

    @Test
    void otherwiseWaitsGrowUpToABound() {
        Backoff backoff = new Backoff(OPTIONS, new Deadline(Duration.ofDays(1)));

        assertThat(LongStream.range(0, 7).map(i -> backoff.nextDelayInMillis(failure(Map.of()))))
                .containsExactly(500L, 1_000L, 2_000L, 4_000L, 8_000L, 8_000L, 8_000L);
    }

    @Test
    void jitterOnlyShortensAWait() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(new Backoff(RetryOptions.backoff(), new Deadline(Duration.ofDays(1)))
                    .nextDelayInMillis(failure(Map.of()))).isBetween(375L, 500L);
        }
    }

    @Test
    void aWaitThatIsTooLongLeavesTimeForOneMoreAttempt() {
        Backoff backoff = new Backoff(OPTIONS, new Deadline(Duration.ofSeconds(20)));
        assertThat(backoff.nextDelayInMillis(failure(headers("retry-after", "10")))).isEqualTo(10_000);
        assertThat(backoff.isUsedUp()).isFalse();

        assertThat(backoff.nextDelayInMillis(failure(headers("retry-after", "50")))).isBetween(18_000L, 19_000L);
        assertThat(backoff.isUsedUp()).isTrue();
    }

    @Test
    void ofLittleTimeHalfIsLeftForTheLastAttempt() {
        assertThat(new Backoff(OPTIONS, new Deadline(Duration.ofMillis(1_000)))
                .nextDelayInMillis(failure(headers("retry-after", "50")))).isBetween(1L, 500L);
        assertThat(new Backoff(OPTIONS, new Deadline(Duration.ofNanos(1))).nextDelayInMillis(failure(Map.of()))).isZero();
    }

    @ParameterizedTest
    @CsvSource({ "408,true", "409,true", "429,true", "500,true", "599,true", "400,false", "404,false", "600,false",
            "200,true" })
    void whatIsRetriedByDefault(int status, boolean retried) {
        AttemptFailure failure = status == 200 ? AttemptFailure.unreadable(status, Map.of(), "", null)
                : failure(status, Map.of());

        assertThat(new RetryRule(OPTIONS).allows(failure)).isEqualTo(retried);
    }

    @Test
    void statusCodesCanBeRanges() {
        RetryRule rule = new RetryRule(OPTIONS.withStatusCodes(List.of("4xx", "503")));

        assertThat(rule.allows(failure(418, Map.of()))).isTrue();
        assertThat(rule.allows(failure(503, Map.of()))).isTrue();
        assertThat(rule.allows(failure(500, Map.of()))).isFalse();
    }

    @Test
    void whatIsAmbiguous() {
        for (int status : List.of(408, 409, 500, 502, 599)) {
            assertThat(failure(status, Map.of()).isAmbiguous()).as("" + status).isTrue();
        }
        for (int status : List.of(301, 400, 401, 404, 429)) {
            assertThat(failure(status, Map.of()).isAmbiguous()).as("" + status).isFalse();
        }
        assertThat(AttemptFailure.unreadable(200, Map.of(), "", null).isAmbiguous()).isTrue();
        assertThat(AttemptFailure.unanswered("", null, true).isAmbiguous()).isTrue();
        assertThat(AttemptFailure.unanswered("", null, false).isAmbiguous()).isFalse();
    }

    private static long wait(RetryOptions options, String retryAfter) {
        return new Backoff(options, new Deadline(Duration.ofDays(9)))
                .nextDelayInMillis(failure(headers("retry-after", retryAfter)));
    }

    private static Map<String, List<String>> headers(String name, String value, String other, String otherValue) {
        Map<String, List<String>> headers = new HashMap<>();
        if (value != null) {
            headers.put(name, List.of(value));
        }
        if (otherValue != null) {
            headers.put(other, List.of(otherValue));
        }
        return headers;
    }

    private static Map<String, List<String>> headers(String name, String value) {
        return headers(name, value, name, value);
    }

    private static AttemptFailure failure(Map<String, List<String>> headers) {
        return failure(429, headers);
    }

    private static AttemptFailure failure(int status, Map<String, List<String>> headers) {
        return AttemptFailure.answered(status, headers, null, "");
    }
}
