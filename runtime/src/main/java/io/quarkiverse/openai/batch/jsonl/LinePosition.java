package io.quarkiverse.openai.batch.jsonl;

/**
 * Where a line stands.
 *
 * @param file the name of its file; null if it came from a stream
 * @param number of the line in its file, counted from 1, blank lines included
 * @param offset of its first byte in its file
 */
public record LinePosition(String file, long number, long offset) {

    /** Such as {@code output.jsonl:17} or {@code line 17}. */
    @Override
    public String toString() {
        return file == null ? "line " + number : file + ":" + number;
    }
}
