package io.quarkiverse.openai.batch.runtime.job.store;

/** The files of a chunk in the directory of its job. */
public enum ChunkFile {
    /** The request lines. */
    REQUESTS(".requests.jsonl"),
    /** The custom_ids of the request lines, in their order. */
    IDS(".ids"),
    /** The provider's output file. */
    OUTPUT(".output.jsonl"),
    /** The provider's error file. */
    ERRORS(".errors.jsonl"),
    /** Which of the result lines count: a bit a line, those of the output file first. */
    CHOSEN(".chosen"),
    /** Result lines that no file has: of requests that were not answered. */
    UNANSWERED(".unanswered.jsonl"),
    /** The lines that handlers failed at. */
    HANDLER_FAILED(".handler-failed"),
    /** The ids of lines that are to be run again, as was asked for. */
    RERUN(".rerun");

    private final String suffix;

    ChunkFile(String suffix) {
        this.suffix = suffix;
    }

    String suffix() {
        return suffix;
    }
}
