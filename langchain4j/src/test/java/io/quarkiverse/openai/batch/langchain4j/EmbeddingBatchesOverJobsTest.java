package io.quarkiverse.openai.batch.langchain4j;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class EmbeddingBatchesOverJobsTest extends BatchModelContract<TextSegment, Response<Embedding>> {

    private Provider provider;
    private BatchModel<TextSegment, Response<Embedding>> model;

    @BeforeEach
    void start() {
        provider = new Provider();
        model = BatchModel.of(provider.embeddingModel(Map.of(
                "openai-batch.langchain4j.embedding-model", "text-embedding-3-small",
                "openai-batch.langchain4j.embedding-dimensions", "8")));
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Override
    BatchModel<TextSegment, Response<Embedding>> model() {
        return model;
    }

    @Override
    TextSegment request(String text) {
        return TextSegment.from(text);
    }

    @Override
    Object content(Response<Embedding> answer) {
        return answer.content().vectorAsList();
    }

    @Override
    void letTimePass() {
        provider.letTimePass();
    }

    @Override
    void letFail(Set<Integer> positions) {
        provider.letFail(positions, 400, "invalid_value");
    }
}
