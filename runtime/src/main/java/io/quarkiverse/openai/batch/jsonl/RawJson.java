package io.quarkiverse.openai.batch.jsonl;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;

import io.quarkiverse.openai.batch.jsonl.internal.json.Json;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;
import io.quarkiverse.openai.batch.jsonl.internal.json.Malformed;
import io.quarkiverse.openai.batch.jsonl.internal.json.SurrogateEscapes;
import io.quarkiverse.openai.batch.jsonl.internal.json.Utf8;

/** A JSON object as text, checked once and written as it is, without line breaks. Requests that were read have such bodies. */
public final class RawJson {

    private final byte[] bytes;

    private RawJson(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @throws IllegalArgumentException if it is not one JSON object, or has half of a surrogate pair
     */
    public static RawJson of(String json) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(json)) {
            throw new IllegalArgumentException("The body is malformed: half of a surrogate pair");
        }
        return of(json.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param json in UTF-8
     * @throws IllegalArgumentException if it is not one JSON object in UTF-8
     */
    public static RawJson of(byte[] json) {
        byte[] bytes = SurrogateEscapes.resolve(json.clone());
        String malformed = malformed(bytes);
        if (malformed != null) {
            throw new IllegalArgumentException("The body is malformed: " + malformed);
        }
        for (int i = 0; i < bytes.length; i++) {
            // in valid JSON these stand between tokens only
            bytes[i] = bytes[i] == '\n' || bytes[i] == '\r' ? (byte) ' ' : bytes[i];
        }
        return new RawJson(bytes);
    }

    /** Bytes of a line that has been checked as a whole. */
    static RawJson checked(byte[] bytes) {
        return new RawJson(bytes);
    }

    private static String malformed(byte[] json) {
        int invalid = Utf8.indexOfInvalid(json, 0, json.length);
        if (invalid >= 0) {
            return "not UTF-8 at byte " + (invalid + 1);
        }
        try (LineJsonParser p = LineJsonParser.of(json, 0, json.length)) {
            if (p.nextToken() != JsonToken.START_OBJECT) {
                return "not a JSON object";
            }
            p.skipChildren();
            return p.nextToken() == null ? null : "more than one JSON value";
        } catch (IOException e) {
            return Malformed.reason(e, json, 0, json.length);
        }
    }

    /** The JSON as a tree. */
    public JsonNode json() {
        try {
            return Json.MAPPER.readTree(bytes);
        } catch (IOException e) {
            throw new JsonlException("The body holds a number that is too long");
        }
    }

    /** Writes the JSON in UTF-8. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawJson that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The length only: the text may be a prompt. */
    @Override
    public String toString() {
        return "RawJson[" + bytes.length + " bytes]";
    }
}
