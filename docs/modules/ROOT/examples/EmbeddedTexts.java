package org.acme;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.batch.BatchItemResult;
import dev.langchain4j.model.batch.BatchRequest;
import dev.langchain4j.model.embedding.BatchEmbeddingModel;
import dev.langchain4j.model.output.Response;

@ApplicationScoped
public class EmbeddedTexts {

    // tag::embeddings[]
    @Inject
    BatchEmbeddingModel embeddings;

    String submit(List<TextSegment> segments) {
        return embeddings.submit(new BatchRequest<>(segments)).batchId();
    }

    void store(String batchId, List<TextSegment> segments) {
        List<BatchItemResult<Response<Embedding>>> results = embeddings.retrieve(batchId).results();
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i).isSuccess()) {
                store(segments.get(i), results.get(i).response().content()); // <1>
            }
        }
    }
    // end::embeddings[]

    private int stored;

    private void store(TextSegment segment, Embedding embedding) {
        // wherever vectors go
        stored++;
    }

    int stored() {
        return stored;
    }
}
