package io.quarkiverse.openai.batch.cli.answer;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;

/**
 * The file that the user asked for. It appears when it is complete; until then it has another name. A pipe or a device stays
 * what it is, and gets the answers as they come.
 */
final class AnswerFile implements Closeable {

    private static final CsvMapper CSV = new CsvMapper();
    private static final CsvSchema COLUMNS = CSV.schemaFor(CsvAnswer.class).withLineSeparator("\r\n");
    private static final ObjectWriter ROW = CSV.writer(COLUMNS);
    private static final ObjectWriter FIRST_ROW = CSV.writer(COLUMNS.withHeader());
    private static final ObjectWriter JSON = new ObjectMapper(JsonFactory.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8).build())
            .writerFor(AnswerLine.class).with(new PrintableEscapes());

    private final Path file;
    private final Path incomplete;
    private final OutputStream out;
    private final boolean csv;
    private boolean begun;

    private AnswerFile(Path file, Path incomplete, OutputStream out) {
        this.file = file;
        this.incomplete = incomplete;
        this.out = out;
        this.csv = file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    static boolean isStream(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }

    static AnswerFile open(Path file) throws IOException {
        if (isStream(file)) {
            return new AnswerFile(file, null, buffered(Files.newOutputStream(file, StandardOpenOption.WRITE)));
        }
        Path incomplete = incomplete(file);
        OutputStream out = Files.newOutputStream(incomplete, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        // a process that is stopped leaves nothing behind either
        incomplete.toFile().deleteOnExit();
        return new AnswerFile(file, incomplete, buffered(out));
    }

    /**
     * @throws IOException if the file could not be written
     */
    static void probe(Path file) throws IOException {
        Files.delete(Files.createFile(incomplete(file)));
    }

    /** By chance, and made each time: in a folder of several users, somebody else might have put a link there. */
    private static Path incomplete(Path file) {
        return file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".incomplete");
    }

    private static OutputStream buffered(OutputStream out) {
        return new BufferedOutputStream(out, 64 << 10);
    }

    void write(AnswerLine line) throws IOException {
        if (csv) {
            out.write((begun ? ROW : FIRST_ROW).writeValueAsBytes(CsvAnswer.of(line)));
            begun = true;
        } else {
            out.write(JSON.writeValueAsBytes(line));
            out.write('\n');
        }
    }

    void complete() throws IOException {
        out.close();
        if (incomplete != null) {
            Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Leaves nothing behind unless it is complete. */
    @Override
    public void close() throws IOException {
        out.close();
        if (incomplete != null) {
            Files.deleteIfExists(incomplete);
        }
    }
}
