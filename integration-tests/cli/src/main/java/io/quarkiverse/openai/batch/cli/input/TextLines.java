package io.quarkiverse.openai.batch.cli.input;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;

/** The lines of the input, one in memory at a time. */
interface TextLines extends Iterator<InputLine>, Closeable {

    /**
     * @param csv the columns of a CSV file; empty for JSON lines
     */
    static TextLines of(Path file, Optional<CsvColumns> csv) throws IOException {
        return csv.isPresent() ? new CsvLines(file, csv.get()) : new InputLines(file);
    }

    @Override
    void close();
}
