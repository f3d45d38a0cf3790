package io.quarkiverse.openai.batch.cli.run;

import java.time.Duration;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.cli.input.PreparedRequests;
import io.quarkiverse.openai.batch.cli.progress.Progress;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.CreateBatchRequest;
import io.quarkiverse.openai.batch.model.FileObject;

/** Takes a file of requests through its batch: upload, create, watch. */
@Singleton
public class BatchRun {

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    @Inject
    @RestClient
    BatchService batches;

    @Inject
    @RestClient
    FileService files;

    public Batch start(PreparedRequests requests) {
        FileObject input = files.uploadFile(requests.path());
        return batches.createBatch(CreateBatchRequest.of(input.id(), requests.endpoint()));
    }

    /** Waits until nothing can happen to the batch any more. */
    public Batch watch(Batch created, Progress progress) throws InterruptedException {
        long start = System.nanoTime();
        Batch batch = created;
        progress.show(batch);
        while (!batch.status().isTerminal()) {
            Thread.sleep(waitAfter(Duration.ofNanos(System.nanoTime() - start)).toMillis());
            batch = retrieve(batch);
            progress.show(batch);
        }
        return batch;
    }

    /** A tenth of the time gone by: the end is seen soon, and a day's wait takes few requests. */
    private static Duration waitAfter(Duration elapsed) {
        Duration tenth = elapsed.dividedBy(10);
        if (tenth.compareTo(SHORTEST_WAIT) < 0) {
            return SHORTEST_WAIT;
        }
        return tenth.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : tenth;
    }

    /** The batch as it was, if the provider cannot tell just now: a watch can last a day. */
    private Batch retrieve(Batch batch) {
        ApiResult<Batch> result = batches.retrieveBatchResult(batch.id());
        return isPassing(result.status()) ? batch : result.orElseThrow();
    }

    private static boolean isPassing(int status) {
        return status == 0 || status == 408 || status == 429 || status >= 500;
    }
}
