package io.quarkiverse.openai.batch.langchain4j;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.langchain4j.model.batch.BatchItemResult;
import dev.langchain4j.model.batch.BatchPage;
import dev.langchain4j.model.batch.BatchPagination;
import dev.langchain4j.model.batch.BatchResponse;
import io.quarkiverse.openai.batch.job.BatchJob;
import io.quarkiverse.openai.batch.job.BatchJobs;
import io.quarkiverse.openai.batch.job.JobQuery;
import io.quarkiverse.openai.batch.job.JobReport;
import io.quarkiverse.openai.batch.job.JobSpec;
import io.quarkiverse.openai.batch.job.ResultOrder;
import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.BatchResult;

/**
 * The batches of one kind, each of them a job whose name is the id of the batch.
 *
 * @param <T> the payload of a response
 */
final class JobBatches<T> {

    private static final int DEFAULT_PAGE_SIZE = 20;

    private final BatchJobs jobs;
    private final BatchIds ids;
    private final Optional<String> client;
    private final Function<BatchResult, BatchItemResult<T>> answers;

    /**
     * @param kind part of the ids, such as {@code chat}
     * @param client the client that sends the batches; empty for the default one
     * @param answers makes the response of a line
     */
    JobBatches(BatchJobs jobs, String kind, Optional<String> client, Function<BatchResult, BatchItemResult<T>> answers) {
        this.jobs = jobs;
        this.ids = new BatchIds(kind);
        this.client = client;
        this.answers = answers;
    }

    /** Returns when all lines are stored; nothing is sent before that. */
    BatchResponse<T> submit(Supplier<Stream<BatchRequest>> lines) {
        Submission.requireBlockingThread();
        JobSpec spec = JobSpec.named(ids.next()).checkFirst().requests(lines);
        BatchJob job = jobs.submit(client.map(spec::client).orElse(spec));
        Submission.await(job);
        return response(job.name(), job.report(), List.of());
    }

    BatchResponse<T> retrieve(String batchId) {
        BatchJob job = job(batchId);
        JobReport report = job.report();
        return response(batchId, report, report.state().isTerminal() ? results(job) : List.of());
    }

    private List<BatchItemResult<T>> results(BatchJob job) {
        try (Stream<BatchResult> results = job.results(ResultOrder.INPUT)) {
            return results.map(answers).toList();
        }
    }

    void cancel(String batchId) {
        job(batchId).cancel();
    }

    private BatchJob job(String batchId) {
        return Optional.ofNullable(batchId).filter(ids::contains).flatMap(jobs::find)
                .orElseThrow(() -> new IllegalArgumentException(
                        "There is no %s batch \"%s\": it was not submitted here, or was deleted".formatted(ids.kind(),
                                batchId)));
    }

    /** The newest first. A token is the last id of its page, so that new and deleted batches move no other to another page. */
    BatchPage<T> list(BatchPagination pagination) {
        int size = pageSize(pagination);
        String after = pageToken(pagination);
        List<String> found = jobs.list(JobQuery.all().withName(ids.pattern())).stream().map(BatchJob::name)
                .filter(id -> after == null || id.compareTo(after) < 0)
                .sorted(Comparator.reverseOrder()).limit(size + 1L).toList();
        List<String> page = found.subList(0, Math.min(size, found.size()));
        return new BatchPage<>(page.stream().flatMap(id -> jobs.find(id).stream())
                .map(job -> response(job.name(), job.report(), List.of())).toList(),
                found.size() > size ? page.get(size - 1) : null);
    }

    private static int pageSize(BatchPagination pagination) {
        Integer size = pagination == null ? null : pagination.pageSize();
        if (size != null && size < 1) {
            throw new IllegalArgumentException("A page needs a size of 1 or more, but has " + size);
        }
        return size == null ? DEFAULT_PAGE_SIZE : size;
    }

    private String pageToken(BatchPagination pagination) {
        String token = pagination == null ? null : pagination.pageToken();
        if (token != null && !ids.contains(token)) {
            throw new IllegalArgumentException("\"%s\" is no page token of %s batches".formatted(token, ids.kind()));
        }
        return token;
    }

    private BatchResponse<T> response(String batchId, JobReport report, List<BatchItemResult<T>> results) {
        return BatchResponse.<T> builder().batchId(batchId).state(BatchStates.of(report)).results(results).build();
    }
}
