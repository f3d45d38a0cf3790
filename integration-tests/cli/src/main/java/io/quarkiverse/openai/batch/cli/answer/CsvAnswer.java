package io.quarkiverse.openai.batch.cli.answer;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * An answer as a row of a table.
 *
 * @param answer a text as it is, anything else as JSON
 */
@JsonPropertyOrder({ "id", "outcome", "answer", "finish", "error" })
record CsvAnswer(String id, String outcome, String answer, String finish, String error) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static CsvAnswer of(AnswerLine line) throws JsonProcessingException {
        return new CsvAnswer(line.id(), line.outcome(), answer(line), line.finish(), error(line.error()));
    }

    private static String answer(AnswerLine line) throws JsonProcessingException {
        if (line.body() != null) {
            return line.body().toString();
        }
        Object other = line.embedding() != null ? line.embedding() : line.moderation();
        return line.text() != null || other == null ? line.text() : JSON.writeValueAsString(other);
    }

    private static String error(AnswerLine.Error error) {
        if (error == null) {
            return null;
        }
        return error.code() == null ? error.message() : error.code() + ": " + error.message();
    }
}
