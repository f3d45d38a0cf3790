package io.quarkiverse.openai.batch.runtime.job;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * What a request line says of itself that decides on its chunk.
 *
 * @param model the model that it names; empty if it names none
 * @param inputs its embedding inputs: the elements of {@code input}, 1 if it is no array
 */
record LineFacts(String model, int inputs) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Of a line that was just written, and so is JSON. */
    static LineFacts of(byte[] line) {
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                if (name.equals("body") && value == JsonToken.START_OBJECT) {
                    return ofBody(parser);
                }
                parser.skipChildren();
            }
            return new LineFacts("", 1);
        } catch (IOException e) {
            throw new IllegalStateException("A request line is not JSON", e);
        }
    }

    private static LineFacts ofBody(JsonParser parser) throws IOException {
        String model = "";
        int inputs = 1;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equals("model") && value == JsonToken.VALUE_STRING) {
                model = parser.getText();
            } else if (name.equals("input") && value == JsonToken.START_ARRAY) {
                inputs = elements(parser);
            } else {
                parser.skipChildren();
            }
        }
        return new LineFacts(model, inputs);
    }

    /** An array of numbers is one input, given as tokens. */
    private static int elements(JsonParser parser) throws IOException {
        int elements = 0;
        boolean tokens = false;
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            tokens = tokens || token.isNumeric();
            elements++;
            parser.skipChildren();
        }
        return tokens ? 1 : elements;
    }
}
