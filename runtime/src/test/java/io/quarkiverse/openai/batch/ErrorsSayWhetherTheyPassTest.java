package io.quarkiverse.openai.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.BatchApiException.Details;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;

class ErrorsSayWhetherTheyPassTest {

    @ParameterizedTest
    @CsvSource({ "0,,true,false", "200,,true,false", "302,,true,false", "400,,false,false", "401,,false,false",
            "403,,false,false", "404,,false,true", "408,,true,false", "409,,true,false", "410,,false,false", "425,,true,false",
            "429,,true,false", "429,rate_limit_exceeded,true,false", "429,insufficient_quota,false,false",
            "429,billing_hard_limit_reached,false,false", "499,,false,false", "500,,true,false",
            "500,insufficient_quota,true,false", "599,,true,false" })
    void byStatusAndCode(int status, String code, boolean passes, boolean notFound) {
        ApiError error = code == null ? null : new ApiError(null, null, null, code);

        BatchApiException exception = new BatchApiException("", new Details(status, Map.of(), error, "", 1, Duration.ZERO),
                null);

        assertThat(exception.isTransient()).isEqualTo(passes);
        assertThat(exception.isNotFound()).isEqualTo(notFound);
    }
}
