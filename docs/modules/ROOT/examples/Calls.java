package org.acme;

import java.time.Duration;
import java.util.Optional;

import jakarta.inject.Inject;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.RetryOptions;
import io.quarkiverse.openai.batch.UnknownOutcomeException;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.Endpoint;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkus.logging.Log;

public class Calls {

    @Inject
    @RestClient
    BatchService batches;

    ListBatchesResponse options() {
        // tag::options[]
        return batches.with(CallOptions.of().withHeader("X-Run", "7")
                .withRetry(RetryOptions.none())
                .withTimeout(Duration.ofSeconds(5)))
                .listBatches(null, 20);
        // end::options[]
    }

    void errors(String id) {
        // tag::errors[]
        try {
            batches.cancelBatch(id);
        } catch (BatchApiException e) {
            Log.warnf("%s, request %s", e.getMessage(), e.requestId().orElse("unknown")); // <1>
        }
        // end::errors[]
    }

    Optional<Batch> result(String id) {
        // tag::result[]
        ApiResult<Batch> result = batches.withResponse().retrieveBatch(id);
        if (result instanceof ApiResult.Failed<Batch> failed && failed.error().isNotFound()) {
            return Optional.empty();
        }
        return Optional.of(result.orElseThrow());
        // end::result[]
    }

    Optional<Batch> create(String fileId) {
        // tag::create[]
        try {
            return Optional.of(batches.createBatch(CreateBatchRequest.of(fileId, Endpoint.CHAT_COMPLETIONS)));
        } catch (UnknownOutcomeException e) {
            return e.submissionId().flatMap(batches::findSubmission); // <1>
        }
        // end::create[]
    }
}
