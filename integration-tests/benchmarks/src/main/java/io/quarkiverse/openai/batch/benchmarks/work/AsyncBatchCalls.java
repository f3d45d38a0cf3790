package io.quarkiverse.openai.batch.benchmarks.work;

import java.util.concurrent.CompletionStage;

/** As {@link BatchCalls}, without waiting. */
public interface AsyncBatchCalls {

    CompletionStage<BatchCalls.Answer> create();

    CompletionStage<BatchCalls.Answer> retrieve();
}
