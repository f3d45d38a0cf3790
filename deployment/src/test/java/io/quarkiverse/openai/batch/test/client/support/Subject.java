package io.quarkiverse.openai.batch.test.client.support;

import java.util.List;

import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.CallOptions;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.OpenAiBatch;
import io.quarkiverse.openai.batch.reactive.ReactiveBatchService;
import io.quarkiverse.openai.batch.reactive.ReactiveFileService;

/** One of the ways to a client; all are called alike. */
public record Subject(BatchService batches, FileService files) {

    /** The names for {@link Subjects#of}. */
    public static final String REST_CLIENT = "@RestClient";
    public static final String DEFAULT = "@Inject";
    public static final String NAMED = "@BatchClient";
    public static final String BUILT = "built";
    public static final String REACTIVE = "reactive";
    public static final String NAMED_REACTIVE = "reactive @BatchClient";
    public static final String BUILT_REACTIVE = "reactive built";

    public static final List<String> ALL = List.of(REST_CLIENT, DEFAULT, NAMED, BUILT, REACTIVE, NAMED_REACTIVE,
            BUILT_REACTIVE);

    public static Subject of(ReactiveBatchService batches, ReactiveFileService files) {
        return new Subject(new AwaitedBatchService(batches), new AwaitedFileService(files));
    }

    public static Subject of(OpenAiBatch client) {
        return new Subject(client.batches(), client.files());
    }

    public Subject with(CallOptions options) {
        return new Subject(batches.with(options), files.with(options));
    }
}
