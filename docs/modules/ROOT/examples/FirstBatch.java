package org.acme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;
import io.quarkiverse.openai.batch.jsonl.JsonlReader;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.RequestWriter;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.model.FileObject;
import io.quarkus.logging.Log;

// tag::first-batch[]
@ApplicationScoped
public class FirstBatch {

    @Inject
    @RestClient
    BatchService batches;

    @Inject
    @RestClient
    FileService files;

    String start(Stream<String> reviews) throws IOException {
        Path input = Files.createTempDirectory("reviews").resolve("reviews.jsonl");
        Stream<BatchRequest> requests = reviews.map(review -> BatchRequest.chat(
                Integer.toHexString(review.hashCode()), "gpt-6-luna", "Positive or negative? " + review));
        RequestWriter.withLimits(LineLimits.OPENAI).write(requests, input); // <1>

        FileObject file = files.uploadFile(input); // <2>
        Batch batch = batches.createBatch(CreateBatchRequest.of(file.id(), Endpoint.CHAT_COMPLETIONS)); // <3>
        return batch.id();
    }

    void read(String batchId) {
        Batch batch = batches.awaitBatch(batchId, Duration.ofHours(24)); // <4>
        if (batch.outputFileId() != null) {
            try (Stream<BatchResult> results = JsonlReader.results(files.fileContent(batch.outputFileId())).stream()) {
                results.forEach(result -> Log.info(result.customId() + ": " + result.text())); // <5>
            }
        }
        if (batch.errorFileId() != null) { // <6>
            try (Stream<BatchResult> results = JsonlReader.results(files.fileContent(batch.errorFileId())).stream()) {
                results.forEach(result -> Log.warn(result.customId() + ": " + result.outcome()));
            }
        }
    }
}
// end::first-batch[]
