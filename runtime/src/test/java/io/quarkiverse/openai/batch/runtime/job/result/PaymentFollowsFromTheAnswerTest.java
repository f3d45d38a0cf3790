package io.quarkiverse.openai.batch.runtime.job.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.LineError;

class PaymentFollowsFromTheAnswerTest {

    private static Payment of(String line) {
        return Payment.of(BatchResult.parse(line.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
            "200, PAID", "201, PAID", "204, PAID",
            "408, UNPAID", "409, UNPAID", "429, UNPAID",
            "400, REFUSED", "401, REFUSED", "403, REFUSED", "404, REFUSED", "413, REFUSED", "422, REFUSED",
            "500, UNKNOWN_ERROR", "502, UNKNOWN_ERROR", "503, UNKNOWN_ERROR", "529, UNKNOWN_ERROR",
            "0, UNKNOWN_ERROR", "301, UNKNOWN_ERROR" })
    void byItsStatus(int status, Payment expected) {
        assertThat(of("{'custom_id':'a','response':{'status_code':%d,'body':{}},'error':null}".formatted(status)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({ "batch_expired, UNPAID", "batch_cancelled, UNPAID", "server_error, UNKNOWN_ERROR",
            "unheard_of, UNKNOWN_ERROR" })
    void byTheErrorOfALineWithoutAResponse(String code, Payment expected) {
        assertThat(of("{'custom_id':'a','response':null,'error':{'code':'%s','message':'m'}}".formatted(code)))
                .isEqualTo(expected);
    }

    @Test
    void nothingIsKnownOfALineThatIsMissingOrCannotBeRead() {
        assertThat(Payment.of(BatchResult.missing("a"))).isEqualTo(Payment.UNKNOWN_ANSWER);
        assertThat(of("{'custom_id':'a','respon")).isEqualTo(Payment.UNKNOWN_ANSWER);
        assertThat(Payment.of(BatchResult.failed("a", LineError.of("code", "message"))))
                .isEqualTo(Payment.UNKNOWN_ERROR);
    }
}
