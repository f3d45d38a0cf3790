package io.quarkiverse.openai.batch.emulator.answer;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Answers the requests of one endpoint from nothing but their content. */
public interface Answers {

    /** Prompt tokens of a request, counted as {@link Tokens} says. Never fails, whatever the body holds. */
    long promptTokens(ObjectNode body);

    /** The text of a prompt that a cache may know; empty where there is no cache. Never fails, whatever the body holds. */
    default String prompt(ObjectNode body) {
        return "";
    }

    /** The body of the answer, in the shape the endpoint really has. */
    ObjectNode answer(LineRequest request) throws InvalidLineRequest;

    /** Embedding inputs of a request; 0 for other endpoints. */
    default int embeddingInputs(ObjectNode body) {
        return 0;
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
