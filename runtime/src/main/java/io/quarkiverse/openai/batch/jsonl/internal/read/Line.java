package io.quarkiverse.openai.batch.jsonl.internal.read;

import java.util.Arrays;

import io.quarkiverse.openai.batch.jsonl.LinePosition;

/** A line where it stands: {@code buffer[from, to)}, in a buffer that holds the lines around it too. */
public interface Line {

    byte[] buffer();

    int from();

    int to();

    /** Of the bytes in the buffer. */
    int end();

    /** How often the bytes in the buffer have changed their places. */
    long moves();

    LinePosition position();

    /** Null, or the reason if the line is longer than the bound: its bytes are then not there. */
    String tooLong();

    /** Whether there is nothing but white space from an index on. */
    default boolean isBlank(int index) {
        byte[] bytes = buffer();
        for (int i = index; i < to(); i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    default byte[] copy() {
        return Arrays.copyOfRange(buffer(), from(), to());
    }
}
