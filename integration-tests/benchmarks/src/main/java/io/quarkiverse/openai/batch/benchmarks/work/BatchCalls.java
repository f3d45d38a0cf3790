package io.quarkiverse.openai.batch.benchmarks.work;

/** A way to call the API that waits for the answers. */
public interface BatchCalls {

    String INPUT_FILE = "file-abc123";
    String BATCH = "batch_abc123";

    /** Creates a batch of {@link #INPUT_FILE} for chat completions within 24 hours. */
    Answer create();

    /** Retrieves {@link #BATCH}. */
    Answer retrieve();

    /** Parts of the batch in the answer to a call. */
    record Answer(String id, String status, String inputFileId, long createdAt) {

        long characters() {
            return id.length() + status.length() + inputFileId.length();
        }
    }
}
