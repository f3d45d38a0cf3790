package io.quarkiverse.openai.batch.runtime.job.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.BatchApiException.Details;
import io.quarkiverse.openai.batch.UnknownOutcomeException;
import io.quarkiverse.openai.batch.model.ErrorResponse.ApiError;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException.Kind;

class FailuresHaveTheSameMeaningForAllProvidersTest {

    private static Details details(int status, String code, String param, String message) {
        return new Details(status, Map.of(), new ApiError("type", message, param, code), "", 1, Duration.ZERO);
    }

    @ParameterizedTest
    @CsvSource({ "0,,,, TRANSIENT", "408,,,, TRANSIENT", "409,,,, TRANSIENT", "425,,,, TRANSIENT", "500,,,, TRANSIENT",
            "503,,,, TRANSIENT", "200,,,, TRANSIENT", "429,,,, BUSY", "429, rate_limit_exceeded,,, BUSY",
            "429, insufficient_quota,,, REFUSED", "429, billing_hard_limit_reached,,, REFUSED", "400,,,, REFUSED",
            "401,,,, REFUSED", "403,,,, REFUSED", "422,,,, REFUSED", "301,,,, REFUSED", "307,,,, REFUSED", "404,,,, NOT_FOUND",
            "410,,,, GONE", "413,,,, TOO_LARGE", "400,,, File is too large, TOO_LARGE",
            "400, file_too_large,,, TOO_LARGE", "400,,, prompt is too large, REFUSED", "400,, input_file_id,, NOT_READY",
            "400,, endpoint,, REFUSED", "400, token_limit_exceeded,,, NO_ROOM", "429, token_limit_exceeded,,, NO_ROOM" })
    void byStatusAndError(int status, String code, String param, String message, Kind kind) {
        BatchApiException failure = new BatchApiException("status", details(status, code, param, message), null);
        assertThat(Failure.of(failure).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({ "400, UNSUPPORTED", "404, UNSUPPORTED", "405, UNSUPPORTED", "501, UNSUPPORTED", "401, REFUSED",
            "500, TRANSIENT", "429, BUSY", "410, GONE" })
    void aListingThatIsRefusedAsSuchIsNone(int status, Kind kind) {
        BatchApiException failure = new BatchApiException("status", details(status, null, null, null), null);
        assertThat(Failure.ofListing(failure).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({ "0", "500", "409" })
    void aCreateWhoseOutcomeIsNotKnownIsOpen(int status) {
        BatchApiException failure = new UnknownOutcomeException("open", "id", details(status, null, null, null), null);
        assertThat(Failure.of(failure).kind()).isEqualTo(Kind.OPEN);
    }
}
