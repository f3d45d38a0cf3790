package io.quarkiverse.openai.batch.emulator.answer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** {@code /v1/embeddings}: a unit vector derived from the hash of each input, so equal inputs have equal vectors. */
public final class EmbeddingAnswers implements Answers {

    private static final int DIMENSIONS = 1536;
    private static final int DIMENSIONS_OF_LARGE = 3072;
    /** OpenAPI document, CreateEmbeddingRequest. */
    private static final int MAX_INPUTS = 2048;
    private static final double ROUNDING = 1e8;

    @Override
    public long promptTokens(ObjectNode body) {
        return Tokens.ofInput(body.path("input"));
    }

    @Override
    public int embeddingInputs(ObjectNode body) {
        return inputs(body.path("input")).size();
    }

    @Override
    public ObjectNode answer(LineRequest request) throws InvalidLineRequest {
        List<JsonNode> inputs = inputs(request.required("input"));
        if (inputs.isEmpty()) {
            throw InvalidLineRequest.invalid("input", "Expected at least one input.");
        }
        if (inputs.size() > MAX_INPUTS) {
            throw InvalidLineRequest.invalid("input", "Expected at most " + MAX_INPUTS + " inputs.");
        }
        int standard = request.model().contains("large") ? DIMENSIONS_OF_LARGE : DIMENSIONS;
        int dimensions = request.integer("dimensions", standard, 1, DIMENSIONS_OF_LARGE);
        boolean base64 = "base64".equals(request.body().path("encoding_format").asText());
        ObjectNode answer = Answers.object().put("object", "list");
        ArrayNode data = answer.putArray("data");
        for (JsonNode input : inputs) {
            ObjectNode embedding = data.addObject().put("object", "embedding").put("index", data.size() - 1);
            put(embedding, vector(input, dimensions), base64);
        }
        answer.put("model", request.model());
        Usages.embeddings(answer, promptTokens(request.body()));
        return answer;
    }

    /** One text or one array of token numbers is one input; any other array has an input an element. */
    private static List<JsonNode> inputs(JsonNode input) {
        if (input.isTextual() || input.path(0).isNumber()) {
            return List.of(input);
        }
        List<JsonNode> inputs = new ArrayList<>();
        input.forEach(inputs::add);
        return inputs;
    }

    private static double[] vector(JsonNode input, int dimensions) {
        long hash = Hash64.of(input.isTextual() ? input.textValue() : input.toString());
        double[] vector = new double[dimensions];
        double squares = 0;
        for (int index = 0; index < dimensions; index++) {
            vector[index] = 2 * Hash64.unit(Hash64.mix(hash + index)) - 1;
            squares += vector[index] * vector[index];
        }
        double length = Math.sqrt(squares);
        for (int index = 0; index < dimensions; index++) {
            vector[index] = Math.rint(vector[index] / length * ROUNDING) / ROUNDING;
        }
        return vector;
    }

    private static void put(ObjectNode embedding, double[] vector, boolean base64) {
        if (!base64) {
            ArrayNode array = embedding.putArray("embedding");
            for (double value : vector) {
                array.add(value);
            }
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : vector) {
            bytes.putFloat((float) value);
        }
        embedding.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
    }
}
