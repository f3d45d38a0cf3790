package io.quarkiverse.openai.batch.emulator.answer;

import com.fasterxml.jackson.databind.JsonNode;

/** The text of a generated answer in the format that the request asks for. */
public final class StructuredText {

    private StructuredText() {
    }

    /**
     * @param format {@code json_schema}, {@code json_object}, or anything else for plain text
     * @param schema what the answer must be an instance of, if the format is {@code json_schema}
     * @param echo the plain text
     * @param hash what varies the instance
     */
    static String of(String format, JsonNode schema, String echo, long hash) throws InvalidLineRequest {
        return switch (format) {
            case "json_schema" -> new SchemaInstance(schema, echo, hash).generate().toString();
            case "json_object" -> Answers.object().put("text", echo).toString();
            default -> echo;
        };
    }
}
