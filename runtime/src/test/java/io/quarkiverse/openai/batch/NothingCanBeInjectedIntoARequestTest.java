package io.quarkiverse.openai.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.model.CreateFileRequest;

class NothingCanBeInjectedIntoARequestTest {

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "X Y", "X:", "X\r\nY", "Ä", "X\u0000", "Content-Length", "transfer-encoding" })
    void namesOfHeaders(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> CallOptions.of().withHeader(name, "v"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "a\r\nX-Other: 1", "a\n", "\r", "\u0000", "\u007f", "secret\u0008" })
    void valuesOfHeaders(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> CallOptions.of().withHeader("X-A", value))
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = { "a\".jsonl", "a\r\nContent-Type: x", "a\u0000", "\"; name=\"purpose" })
    void namesOfFiles(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CreateFileRequest.of(Path.of("lines.jsonl")).withFilename(name));
    }

    @Test
    void whatIsHarmlessIsTaken() {
        assertThat(CallOptions.of().withHeader("X-A!#$%&'*+.^_`|~-9", "a b\tü\"").headers()).containsValue("a b\tü\"");
    }

    @Test
    void aLaterHeaderReplacesAnEarlierOneWhateverItsCase() {
        CallOptions options = CallOptions.of().withHeader("X-A", "1").withQuery("q", "1").withTimeout(Duration.ofSeconds(1))
                .withRetry(RetryOptions.none());

        CallOptions over = CallOptions.of().withHeader("x-a", "2").withHeader("X-B", "3").over(options);

        assertThat(over.headers()).hasSize(2).containsEntry("x-a", "2").containsEntry("X-B", "3");
        assertThat(over.query()).containsEntry("q", "1");
        assertThat(over.timeout()).contains(Duration.ofSeconds(1));
        assertThat(over.retry()).contains(RetryOptions.none());
        assertThat(CallOptions.of().withTimeout(Duration.ofSeconds(2)).over(options).timeout()).contains(Duration.ofSeconds(2));
    }

    @Test
    void optionsDoNotTellTheirValues() {
        assertThat(CallOptions.of().withHeader("X-Token", "secret-1").withQuery("sig", "secret-2")).asString()
                .contains("X-Token", "sig").doesNotContain("secret");
    }

    @Test
    void aTimeOutIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> CallOptions.of().withTimeout(Duration.ZERO));
    }
}
