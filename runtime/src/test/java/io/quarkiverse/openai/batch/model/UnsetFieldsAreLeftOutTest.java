package io.quarkiverse.openai.batch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsetFieldsAreLeftOutTest {

    private static final CreateBatchRequest REQUEST = CreateBatchRequest.of("file-1", Endpoint.CHAT_COMPLETIONS);

    @Test
    void ofAMinimalRequest() {
        assertThat(written(REQUEST)).isEqualTo("{\"input_file_id\":\"file-1\",\"endpoint\":\"/v1/chat/completions\"}");
        assertThat(written(REQUEST.withCompletionWindow("").withMetadata(Map.of()))).isEqualTo(written(REQUEST));
        assertThat(written(REQUEST.withMetadata(null).withOutputExpiresAfter(null))).isEqualTo(written(REQUEST));
    }

    @Test
    void allThatIsSetIsWritten() {
        CreateBatchRequest request = REQUEST.withCompletionWindow("7d").withMetadata(Map.of("run", "7"))
                .withOutputExpiresAfter(ExpiresAfter.creation(Duration.ofHours(1)))
                .withProperty("override_settings", Map.of("priority", 1));

        assertThat(written(request)).isEqualTo("{\"input_file_id\":\"file-1\",\"endpoint\":\"/v1/chat/completions\","
                + "\"completion_window\":\"7d\",\"metadata\":{\"run\":\"7\"},"
                + "\"output_expires_after\":{\"anchor\":\"created_at\",\"seconds\":3600},"
                + "\"override_settings\":{\"priority\":1}}");
    }

    @ParameterizedTest
    @ValueSource(strings = { "input_file_id", "endpoint", "completion_window", "metadata", "output_expires_after" })
    void anAdditionalPropertyCannotDoubleAField(String field) {
        assertThatIllegalArgumentException().isThrownBy(() -> REQUEST.withProperty(field, "x"));
    }

    @Test
    void nullsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> REQUEST.withProperty("x", null));
        Map<String, String> metadata = new HashMap<>();
        metadata.put("run", null);
        assertThatIllegalArgumentException().isThrownBy(() -> REQUEST.withMetadata(metadata));
        assertThatIllegalArgumentException().isThrownBy(() -> CreateBatchRequest.of(" ", Endpoint.EMBEDDINGS));
        assertThatIllegalArgumentException().isThrownBy(() -> CreateBatchRequest.of("file-1", null));
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of(" "));
    }

    @Test
    void expiryIsOneHourTo30Days() {
        assertThat(ExpiresAfter.creation(Duration.ofDays(30)).seconds()).isEqualTo(2_592_000);
        assertThatIllegalArgumentException().isThrownBy(() -> ExpiresAfter.creation(Duration.ofMinutes(59)));
        assertThatIllegalArgumentException().isThrownBy(() -> ExpiresAfter.creation(Duration.ofDays(31)));
    }

    @Test
    void anUploadAlwaysHasAFileNameThatEndsInJsonl() {
        assertThat(CreateFileRequest.of(Path.of("dir", "lines.jsonl")).filename()).isEqualTo("lines.jsonl");
        assertThat(CreateFileRequest.of(Path.of("lines.tmp")).filename()).isEqualTo("lines.tmp.jsonl");
        assertThat(CreateFileRequest.of(Path.of("x")).withFilename("y").filename()).isEqualTo("y.jsonl");
        assertThatIllegalArgumentException().isThrownBy(() -> CreateFileRequest.of(Path.of("/")));
    }

    private static String written(Object value) {
        return new String(WireJson.write(value));
    }
}
