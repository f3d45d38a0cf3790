package io.quarkiverse.openai.batch.runtime.job.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.model.Batch;

/** Batches for tests, as a provider would send them. */
public final class Batches {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Batches() {
    }

    /**
     * @param json an object; single quotes stand for double ones
     */
    public static Batch batch(String json) {
        try {
            return JSON.readValue(json.replace('\'', '"'), Batch.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
