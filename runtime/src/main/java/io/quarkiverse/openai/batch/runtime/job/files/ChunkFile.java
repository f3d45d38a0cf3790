package io.quarkiverse.openai.batch.runtime.job.files;

/** The files of a chunk. */
public enum ChunkFile {
    /** The request lines. */
    REQUESTS("requests", ".jsonl"),
    /** The custom_ids of the request lines, in their order. */
    IDS("ids", ".txt"),
    /** Of a chunk whose lines were those of another chunk: the numbers that they have there. */
    MOVED("moved", ".bits"),
    /** The results, one line each in the order of the request lines. */
    RESULTS("results", ".jsonl"),
    /** For each request line, where its result ends in the file of results. */
    RESULT_INDEX("results-index", ".bin"),
    /** Of lines that moved here: the results that they have until the chunk is collected. */
    EARLIER("earlier", ".jsonl"),
    /** The index of these. */
    EARLIER_INDEX("earlier-index", ".bin"),
    /** The numbers of the lines that are to be run again on request. */
    RERUN("rerun", ".bits");

    private final String prefix;
    private final String suffix;

    ChunkFile(String prefix, String suffix) {
        this.prefix = prefix;
        this.suffix = suffix;
    }

    /** A name for a file on disk. */
    public String name(String unique) {
        return prefix + "-" + unique + suffix;
    }
}
