package io.quarkiverse.openai.batch.jsonl.internal.json;

import java.io.IOException;

/** Takes what is wanted of one line. */
public interface LineFields {

    /** Reads the object that the parser has just entered, up to its end. */
    void read(LineJsonParser p) throws IOException;
}
