package io.quarkiverse.openai.batch.cli.answer;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

/** The file that the user asked for. It appears when it is complete; until then it has another name. */
final class AnswerFile implements Closeable {

    private static final ObjectWriter JSON = new ObjectMapper().writerFor(AnswerLine.class);

    private final Path file;
    private final Path incomplete;
    private final OutputStream out;

    AnswerFile(Path file) throws IOException {
        this.file = file;
        this.incomplete = file
                .resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".incomplete");
        // a process that is stopped leaves nothing behind either
        incomplete.toFile().deleteOnExit();
        this.out = new BufferedOutputStream(Files.newOutputStream(incomplete), 64 << 10);
    }

    void write(AnswerLine line) throws IOException {
        out.write(JSON.writeValueAsBytes(line));
        out.write('\n');
    }

    void complete() throws IOException {
        out.close();
        Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Leaves nothing behind unless it is complete. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(incomplete);
    }
}
