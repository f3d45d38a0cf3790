package io.quarkiverse.openai.batch.runtime.job.store;

/** The files of a chunk in the directory of its job. */
public enum ChunkFile {
    /** The request lines. */
    REQUESTS(".requests.jsonl"),
    /** The custom_ids of the request lines, in their order. */
    IDS(".ids"),
    /** Of a chunk whose lines were those of another chunk: the numbers that they have there. */
    MOVED(".moved"),
    /** The results, one line each in the order of the request lines. */
    RESULTS(".results.jsonl"),
    /** For each request line, where its result ends in the file of results. */
    RESULT_INDEX(".results.index"),
    /** Of lines that moved here: the results that they have until the chunk is collected. */
    EARLIER(".earlier.jsonl"),
    /** The index of these. */
    EARLIER_INDEX(".earlier.index"),
    /** The numbers of the lines that are to be run again on request. */
    RERUN(".rerun");

    private final String suffix;

    ChunkFile(String suffix) {
        this.suffix = suffix;
    }

    String suffix() {
        return suffix;
    }
}
