package io.quarkiverse.openai.batch.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EachLineHasOneOutcomeTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a 2xx answer                        | SUCCEEDED | "response": {"status_code": 200, "body": {"id": "x"}}, "error": null
            a 2xx answer without error field    | SUCCEEDED | "response": {"status_code": 201, "body": {"id": "x"}}
            a status as text                    | SUCCEEDED | "response": {"status_code": "200", "body": {"id": "x"}}
            an answer without a status          | SUCCEEDED | "response": {"body": {"id": "x"}}
            an answer as text                   | SUCCEEDED | "response": {"status_code": 200, "body": "spoken"}
            an answer with an empty error       | SUCCEEDED | "response": {"status_code": 200, "body": {"id": "x"}}, "error": {}
            an answer with an empty error text  | SUCCEEDED | "response": {"status_code": 200, "body": {"id": "x"}}, "error": ""
            a 2xx without a body                | FAILED    | "response": {"status_code": 200, "body": null}
            a 4xx within the response           | FAILED    | "response": {"status_code": 400, "body": {"error": {"code": "e"}}}, "error": null
            a 5xx within the response           | FAILED    | "response": {"status_code": 500, "body": {"error": {"code": "e"}}}, "error": null
            status 0 and no error               | FAILED    | "response": {"status_code": 0, "request_id": "", "body": null}, "error": null
            status 0, a body and no error       | FAILED    | "response": {"status_code": 0, "body": {}}, "error": null
            both null                           | FAILED    | "response": null, "error": null
            neither                             | FAILED    | "x": 1
            an error of the line's own          | FAILED    | "response": null, "error": {"code": "server_error", "message": "m"}
            an error as text                    | FAILED    | "response": null, "error": "out of memory"
            a body with an error and no status  | FAILED    | "response": {"body": {"error": {"message": "m"}}}
            not executed in time                | EXPIRED   | "response": null, "error": {"code": "batch_expired", "message": "m"}
            not executed because of a cancel    | CANCELLED | "response": null, "error": {"code": "batch_cancelled", "message": "m"}
            a response that is no object        | FAILED    | "response": [1], "error": null
            """)
    void byWhatItSays(String what, Outcome outcome, String fields) {
        assertThat(Lines.read("{\"custom_id\": \"c\", " + fields + "}").outcome()).isEqualTo(outcome);
    }

    /** artefactory/artefactual PR #332. */
    @Test
    void theErrorWithinAResponseIsTheLinesError() {
        BatchResult result = Lines.read("{\"id\": \"b\", \"custom_id\": \"c\", \"response\": {\"status_code\": 400, "
                + "\"request_id\": \"r\", \"body\": {\"error\": {\"message\": \"Invalid model\", \"type\": "
                + "\"invalid_request_error\", \"param\": \"model\", \"code\": \"model_not_found\"}}}, \"error\": null}");

        assertThat(result.error())
                .isEqualTo(new LineError("model_not_found", "Invalid model", "invalid_request_error", "model"));
        assertThat(result.statusCode()).isEqualTo(400);
        assertThat(result.requestId()).isEqualTo("r");
        assertThat(result.succeeded()).isFalse();
    }

    @Test
    void anErrorCodeMayBeANumberAndAMessageMayStandAlone() {
        assertThat(Lines.read("{\"custom_id\": \"c\", \"error\": {\"code\": 429, \"message\": null}}").error())
                .isEqualTo(LineError.of("429", null));
        assertThat(Lines.read("{\"custom_id\": \"c\", \"error\": \"out of memory\"}").error())
                .isEqualTo(LineError.of(null, "out of memory"));
    }

    /** Azure's output lines have no id. */
    @Test
    void aLineMayDoWithoutIds() {
        BatchResult result = Lines.read("{\"custom_id\": \"task-0\", \"response\": {\"body\": {\"object\": \"response\"}, "
                + "\"request_id\": \"\", \"status_code\": 200}, \"error\": null}");

        assertThat(result.id()).isNull();
        assertThat(result.requestId()).isNull();
        assertThat(result.customId()).isEqualTo("task-0");
        assertThat(result.succeeded()).isTrue();
    }

    @Test
    void aMissingResultHasItsIdAndNothingElse() {
        BatchResult result = BatchResult.missing("c");

        assertThat(result.outcome()).isEqualTo(Outcome.MISSING);
        assertThat(result.customId()).isEqualTo("c");
        assertThat(result.usage()).isEqualTo(Usage.NONE);
        assertThat(result.json().isMissingNode()).isTrue();
        assertThat(result.position()).isNull();
    }

    @Test
    void aRequestCanFailWithoutALine() {
        BatchResult result = BatchResult.failed("c", LineError.of("invalid_request", "m"));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.error().code()).isEqualTo("invalid_request");
    }
}
