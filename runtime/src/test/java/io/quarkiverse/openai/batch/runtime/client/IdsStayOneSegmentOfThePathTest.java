package io.quarkiverse.openai.batch.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.openai.batch.runtime.client.http.PathSegment;

class IdsStayOneSegmentOfThePathTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {
            "batch_abc-1.2~x,batch_abc-1.2~x",
            "../files,..%2Ffiles",
            "a/b,a%2Fb",
            "a?x=1#y,a%3Fx%3D1%23y",
            "a b+c,a%20b%2Bc",
            "%2e%2e,%252e%252e",
            "...,...",
            "a;b,a%3Bb",
            "*,%2A",
            "ä😀,%C3%A4%F0%9F%98%80" })
    void whateverTheyHold(String id, String segment) {
        assertThat(PathSegment.of(id, "batch")).isEqualTo(segment);
        assertThat(URI.create("https://host/v1/batches/" + segment).getRawPath()).isEqualTo("/v1/batches/" + segment);
    }

    @ParameterizedTest
    @ValueSource(strings = { "a\r\nb", "a\u0000" })
    void controlCharactersAreEncoded(String id) {
        assertThat(PathSegment.of(id, "batch")).matches("[a-z0-9A-Z%]+");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = { "", " ", ".", ".." })
    void whatIsNoSegmentIsRefused(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> PathSegment.of(id, "batch"));
    }
}
