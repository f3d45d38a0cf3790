package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.jsonl.ModelResponse;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.jsonl.internal.json.Json;
import io.quarkiverse.openai.batch.jsonl.internal.schema.OutputSchema;

/** Reads a structured answer back into the type that its schema was made of. */
public final class StructuredText {

    private StructuredText() {
    }

    public static <T> T read(BatchResult result, JavaType type) {
        List<String> texts = texts(result);
        JsonlException mismatch = null;
        for (int i = texts.size() - 1; i >= 0; i--) {
            try {
                return read(texts.get(i), type);
            } catch (JsonProcessingException e) {
                mismatch = mismatch == null ? new JsonlException(mismatch(result, type, e)) : mismatch;
            }
        }
        throw mismatch == null ? new JsonlException(result + " has no text") : mismatch;
    }

    private static List<String> texts(BatchResult result) {
        if (result.body() instanceof ModelResponse response) {
            return response.messages();
        }
        return result.text() == null ? List.of() : List.of(result.text());
    }

    private static <T> T read(String text, JavaType type) throws JsonProcessingException {
        JsonNode json = Json.MAPPER.readTree(text);
        boolean wrapped = OutputSchema.isWrapped(type) && json.isObject() && json.has(OutputSchema.WRAPPER);
        return Json.MAPPER.treeToValue(wrapped ? json.get(OutputSchema.WRAPPER) : json, type);
    }

    /** Without Jackson's message, which quotes values. */
    public static String mismatch(BatchResult result, JavaType type, IOException e) {
        String path = e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
                ? " at " + SafeText.of(mapping.getPathReference())
                : "";
        return result + " is not JSON of " + type.toCanonical() + path;
    }
}
