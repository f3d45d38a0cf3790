package io.quarkiverse.openai.batch.jsonl.internal.decode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.core.JsonToken;

import io.quarkiverse.openai.batch.jsonl.EmbeddingList.Embedding;
import io.quarkiverse.openai.batch.jsonl.internal.json.JsonReads;
import io.quarkiverse.openai.batch.jsonl.internal.json.LineJsonParser;

/** Reads the {@code data} of {@code /v1/embeddings}: vectors as numbers or as Base64 of little-endian floats. */
final class EmbeddingsDecoder {

    private EmbeddingsDecoder() {
    }

    /** Null if there is no embedding in it: the answers of other endpoints have a {@code data} too. */
    static List<Embedding> read(LineJsonParser p) throws IOException {
        List<Embedding> embeddings = new ArrayList<>(1);
        JsonReads.objects(p, item -> readEmbedding(item, embeddings));
        ByIndex.sort(embeddings, Embedding::index);
        return embeddings.isEmpty() ? null : embeddings;
    }

    private static void readEmbedding(LineJsonParser p, List<Embedding> embeddings) throws IOException {
        int index = embeddings.size();
        float[] vector = null;
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            switch (name) {
                case "index" -> index = JsonReads.index(p, embeddings.size());
                case "embedding" -> vector = readVector(p);
                default -> JsonReads.skip(p);
            }
        }
        if (vector != null) {
            embeddings.add(new Embedding(index, vector));
        }
    }

    private static float[] readVector(LineJsonParser p) throws IOException {
        switch (p.nextToken()) {
            case START_ARRAY:
                return readNumbers(p);
            case VALUE_STRING:
                return decode(p.getText());
            default:
                p.skipChildren();
                return null;
        }
    }

    private static float[] readNumbers(LineJsonParser p) throws IOException {
        float[] vector = p.floats();
        if (vector == null) {
            return readValues(p);
        }
        p.nextToken();
        return vector;
    }

    /** What is no number becomes NaN, so that the others keep their places. */
    private static float[] readValues(LineJsonParser p) throws IOException {
        float[] vector = new float[1536];
        int size = 0;
        for (JsonToken token = p.nextToken(); token != JsonToken.END_ARRAY; token = p.nextToken()) {
            if (size == vector.length) {
                vector = Arrays.copyOf(vector, size * 2);
            }
            vector[size++] = token.isNumeric() ? p.getFloatValue() : Float.NaN;
            p.skipChildren();
        }
        return size == vector.length ? vector : Arrays.copyOf(vector, size);
    }

    private static float[] decode(String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
