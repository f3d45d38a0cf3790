package io.quarkiverse.openai.batch.cli.input;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The JSON schema of the answers.
 *
 * @param name that the provider is told
 * @param schema an object
 */
public record AnswerSchema(String name, JsonNode schema) {

    private static final int LONGEST_NAME = 64;
    private static final ObjectReader JSON = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build().reader();

    /**
     * @throws InputException if the file is no JSON object; the message has the line and column
     */
    public static AnswerSchema of(Path file) {
        try {
            JsonNode schema = JSON.readTree(Files.readAllBytes(file));
            if (schema.isObject() && !schema.isEmpty()) {
                return new AnswerSchema(name(file), schema);
            }
            throw new InputException(file, "a JSON schema is an object, such as {\"type\": \"object\", …}");
        } catch (JsonProcessingException e) {
            throw new InputException(file, e.getLocation().getLineNr(),
                    "not JSON, at column " + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new InputException(file, "cannot be read");
        }
    }

    private static String name(Path file) {
        String name = file.getFileName().toString().replaceAll("\\.[^.]*$", "").replaceAll("[^A-Za-z0-9_-]", "_");
        return name.isEmpty() ? "answer" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    /** As {@code json_schema} of chat completions, and a part of the format of responses. */
    Map<String, Object> format() {
        Map<String, Object> format = new LinkedHashMap<>();
        format.put("name", name);
        format.put("strict", true);
        format.put("schema", schema);
        return format;
    }
}
