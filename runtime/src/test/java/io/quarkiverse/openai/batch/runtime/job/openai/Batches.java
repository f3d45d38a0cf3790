package io.quarkiverse.openai.batch.runtime.job.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.runtime.job.provider.RemoteBatch;

/** Batches for tests, as a provider of OpenAI's protocol would send them. */
public final class Batches {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Batches() {
    }

    /**
     * @param json an object; single quotes stand for double ones
     */
    public static RemoteBatch batch(String json) {
        try {
            return BatchView.of(JSON.readValue(json.replace('\'', '"'), Batch.class));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
