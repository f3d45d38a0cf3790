package io.quarkiverse.openai.batch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviationsAreReadTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "1711471533 | 2024-03-26T16:45:33Z",
            "1711471533.25 | 2024-03-26T16:45:33.250Z",
            "1.711471533E9 | 2024-03-26T16:45:33Z",
            "\"1711471533\" | 2024-03-26T16:45:33Z",
            "\"1711471533.5\" | 2024-03-26T16:45:33.500Z",
            "\"2024-03-26T16:45:33Z\" | 2024-03-26T16:45:33Z",
            "\"2024-03-26T17:45:33.1234567+01:00\" | 2024-03-26T16:45:33.123456700Z",
            "\"2024-03-26T16:45:33\" | 2024-03-26T16:45:33Z",
            "\"2024-03-26 16:45:33\" | 2024-03-26T16:45:33Z",
            "1e-9 | 1970-01-01T00:00:00.000000001Z",
            "253402300799 | 9999-12-31T23:59:59Z" })
    void timestampsInEveryForm(String written, Instant instant) {
        assertThat(batch("{\"created_at\":" + written + "}").createdAt()).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(strings = { "null", "\"\"", "\"soon\"", "{}", "[1]", "true", "1e400", "\"99999999999999999999\"", "\"-\"",
            "0", "0.0", "\"0\"", "-1", "253402300801", "\"+10000-01-01T00:00:00Z\"", "\"1970-01-01T00:00:00Z\"",
            "1e-100000000", "1E+100000000", "-1e-100000000", "\"1e-100000000\"", "\"1E+100000000\"", "1e2147483648" })
    void whatIsNoTimestampIsAbsent(String written) {
        Batch batch = batch("{\"created_at\":" + written + ",\"id\":\"b\"}");

        assertThat(batch.createdAt()).isNull();
        assertThat(batch.id()).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({ "completed,COMPLETED", "Completed,COMPLETED", "IN_PROGRESS,IN_PROGRESS", "' expired ',EXPIRED",
            "PROGRESS,IN_PROGRESS", "running,IN_PROGRESS", "canceled,CANCELLED", "canceling,CANCELLING",
            "token_limit,UNKNOWN", "'',UNKNOWN" })
    void statusInAnyCaseAndItsTextKept(String text, BatchStatus status) {
        Batch batch = batch("{\"status\":\"" + text + "\"}");

        assertThat(batch.status()).isEqualTo(status);
        assertThat(batch.statusText()).isEqualTo(text);
    }

    @Test
    void anUnknownStatusIsNotTerminal() {
        assertThat(BatchStatus.UNKNOWN.isTerminal()).isFalse();
        assertThat(batch("{}").status()).isEqualTo(BatchStatus.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "null |",
            "{} |",
            "[] |",
            "\"\" |",
            "{\"data\":null} |",
            "{\"object\":\"list\",\"data\":[]} |",
            "\"the model is overloaded\" | the model is overloaded",
            "[\"bad line\"] | bad line",
            "[null,{\"message\":\"bad\",\"line\":\"x\",\"code\":7}] | bad",
            "{\"message\":\"bad\"} | bad",
            "{\"data\":[{\"message\":\"bad\",\"param\":{\"a\":1}}]} | bad" })
    void errorsInEveryForm(String written, String message) {
        List<BatchError> errors = batch("{\"errors\":" + written + "}").errors();

        assertThat(errors).extracting(BatchError::message)
                .isEqualTo(message == null ? List.of() : List.of(message));
    }

    @Test
    void emptyIdsAreAbsent() {
        Batch batch = batch("{\"id\":\"\",\"input_file_id\":\" \",\"output_file_id\":\"\",\"error_file_id\":\"\"}");

        assertThat(batch.id()).isNull();
        assertThat(batch.inputFileId()).isNull();
        assertThat(batch.outputFileId()).isNull();
        assertThat(batch.errorFileId()).isNull();
        assertThat(Samples.parse("{\"data\":[],\"first_id\":\"\",\"last_id\":\"\",\"paging\":{\"next_cursor\":\"\"}}",
                ListBatchesResponse.class)).isEqualTo(
                        new ListBatchesResponse(null, List.of(), null, null, null, new ListBatchesResponse.Paging(null)));
    }

    @Test
    void aBatchInAJobIsUnwrapped() {
        Batch batch = batch("""
                {"job": {"id": "01234567", "status": "VALIDATING", "created_at": "2024-01-15T14:30:00Z",
                  "job_deadline": "2024-01-16T14:30:00Z", "progress": 75.0, "model_id": "Qwen/Qwen3", "user_id": "u"},
                 "warning": "large file"}""");

        assertThat(batch.id()).isEqualTo("01234567");
        assertThat(batch.status()).isEqualTo(BatchStatus.VALIDATING);
        assertThat(batch.createdAt()).isEqualTo(Instant.parse("2024-01-15T14:30:00Z"));
        assertThat(batch.expiresAt()).isEqualTo(Instant.parse("2024-01-16T14:30:00Z"));
        assertThat(batch.model()).isEqualTo("Qwen/Qwen3");
        assertThat(batch.additionalProperties()).isEqualTo(Map.of("progress", 75.0, "user_id", "u"));
    }

    @Test
    void aBareArrayIsAList() {
        ListBatchesResponse list = Samples.parse("[{\"id\":\"a\",\"error\":\"out of money\"},null,{\"id\":\"b\"}]",
                ListBatchesResponse.class);

        assertThat(list.data()).extracting(Batch::id).containsExactly("a", "b");
        assertThat(list.data().get(0).errors()).extracting(BatchError::message).containsExactly("out of money");
        assertThat(list.hasMore()).isNull();
    }

    @Test
    void aListMayBeNullButNotMissing() {
        assertThat(Samples.parse("{\"data\":null}", ListBatchesResponse.class).data()).isEmpty();
        assertThat(Samples.parse("{\"data\":null}", ListFilesResponse.class).data()).isEmpty();
        for (String noList : List.of("{}", "{\"data\":{}}", "{\"data\":\"none\"}", "null", "\"\"", "{\"error\":\"busy\"}")) {
            assertThatThrownBy(() -> Samples.parse(noList, ListBatchesResponse.class)).as(noList)
                    .isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> Samples.parse(noList, ListFilesResponse.class)).as(noList)
                    .isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void metadataOfAnyType() {
        Batch batch = batch("{\"metadata\":{\"text\":\"a\",\"number\":1,\"flag\":true,\"tree\":{\"b\":[2]},\"none\":null}}");

        assertThat(batch.metadata())
                .isEqualTo(Map.of("text", "a", "number", "1", "flag", "true", "tree", "{\"b\":[2]}"));
        assertThat(batch("{\"metadata\":\"none\"}").metadata()).isEmpty();
    }

    @Test
    void unknownFieldsAreKept() {
        Batch batch = batch("{\"id\":\"b\",\"region\":\"eu\",\"input_blob\":{\"url\":\"x\"}}");

        assertThat(batch.additionalProperties()).isEqualTo(Map.of("region", "eu", "input_blob", Map.of("url", "x")));
        assertThat(batch(new String(WireJson.write(batch)))).isEqualTo(batch);
    }

    @Test
    void whatIsMissingIsAbsent() {
        Batch batch = batch("{}");

        assertThat(batch).isEqualTo(new Batch(null, null, null, null, List.of(), null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null, null, Map.of(), Map.of()));
        assertThat(batch("{\"request_counts\":{\"total\":3}}").requestCounts())
                .isEqualTo(new BatchRequestCounts(3, null, null));
        assertThat(batch("{\"request_counts\":{\"total\":\"3\",\"failed\":0.0}}").requestCounts())
                .isEqualTo(new BatchRequestCounts(3, null, 0));
    }

    @Test
    void aValueOfAnOddTypeCostsOnlyItself() {
        Batch batch = batch("""
                {"id": "b", "endpoint": {"path": "/v1"}, "completion_window": 24, "request_counts": "3 of 4",
                 "usage": {"input_tokens": {}, "output_tokens": "many", "total_tokens": 7, "input_tokens_details": []},
                 "model": ["a"]}""");

        assertThat(batch.id()).isEqualTo("b");
        assertThat(batch.endpoint()).isNull();
        assertThat(batch.completionWindow()).isEqualTo("24");
        assertThat(batch.requestCounts()).isNull();
        assertThat(batch.usage()).isEqualTo(new BatchUsage(0, null, 0, null, 7));
        assertThat(Samples.parse("{\"id\":\"f\",\"bytes\":\"?\",\"status\":{}}", FileObject.class))
                .isEqualTo(new FileObject("f", null, null, null, null, null, null, null, null));
        assertThat(Samples.parse("{\"deleted\":\"yes\"}", DeleteFileResponse.class).deleted()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "null", "[]", "\"batch\"", "<html>", "{\"id\":", "17" })
    void whatIsNoBatchIsAnError(String body) {
        assertThatThrownBy(() -> batch(body)).isInstanceOf(UncheckedIOException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"error\":\"slow down\"} | slow down |",
            "{\"error\":{\"message\":\"slow down\",\"code\":429}} | slow down | 429",
            "{\"error\":{\"message\":{\"text\":\"slow down\"}}} | {\"text\":\"slow down\"} |" })
    void errorBodiesInEveryForm(String body, String message, String code) {
        assertThat(Samples.parse(body, ErrorResponse.class).error())
                .isEqualTo(new ErrorResponse.ApiError(null, message, null, code));
    }

    private static Batch batch(String json) {
        return Samples.parse(json, Batch.class);
    }
}
