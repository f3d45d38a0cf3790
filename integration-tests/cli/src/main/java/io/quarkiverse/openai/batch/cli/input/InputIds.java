package io.quarkiverse.openai.batch.cli.input;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;

/** The ids of the input's lines. Close it. */
public final class InputIds implements Iterator<String>, Closeable {

    private final InputLines lines;
    private final InputForm form;

    InputIds(InputLines lines, InputForm form) {
        this.lines = lines;
        this.form = form;
    }

    @Override
    public boolean hasNext() {
        return lines.hasNext();
    }

    @Override
    public String next() {
        return form.id(lines.next());
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
