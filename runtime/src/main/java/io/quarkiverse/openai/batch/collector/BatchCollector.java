package io.quarkiverse.openai.batch.collector;

import java.util.concurrent.CompletionStage;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;

/**
 * Takes requests one by one and submits them as jobs: once {@code jobs.collector.lines} or {@code jobs.collector.bytes} wait,
 * or
 * one has waited for {@code jobs.collector.age}. A job is named after the collector, such as
 * {@code reviews-20261127-091500-042-5e1f}, so that a method with {@code @OnBatchResult("reviews-*")} gets the answers. Its
 * requests are for one endpoint.
 * <p>
 * A request is durable when its method returns. Where jobs are in a datasource, any process may submit it, and a request that
 * is
 * added in a transaction is collected if that commits.
 */
public interface BatchCollector {

    String name();

    /**
     * Adds a request. The same request again has no effect, until the job that it came to is deleted.
     *
     * @return false if it was there
     * @throws IllegalArgumentException if another request with its custom id and endpoint was added, or it has no url
     * @throws io.quarkiverse.openai.batch.jsonl.JsonlException if it breaks a rule of the provider, or Jackson cannot serialise
     *         its body
     * @throws java.io.UncheckedIOException if it cannot be stored
     */
    boolean add(BatchRequest request);

    /**
     * Adds a request and gives its result, also if it was there, once its job has collected its answers, which takes up to 24
     * hours. It takes part in no transaction. The stage fails with a {@code JobStoppedException} if the job is paused or
     * interrupted, with a {@code ResultsExpiredException} if results were deleted after they were handed over, and with a
     * {@link java.util.concurrent.CancellationException} if the jobs are closed; the same call again
     * waits again.
     *
     * @throws IllegalArgumentException as {@link #add}
     * @throws IllegalStateException in a transaction in which a request was added or a job submitted
     */
    CompletionStage<BatchResult> ask(BatchRequest request);

    /**
     * Submits what waits now.
     *
     * @throws IllegalStateException as {@link #ask}
     */
    void flush();

    /** How many requests are in no job, at most 1,000,000. */
    long waiting();
}
