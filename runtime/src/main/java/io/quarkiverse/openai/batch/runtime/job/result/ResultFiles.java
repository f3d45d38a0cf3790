package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.FileObject;

/** Downloads result files, and checks that they are whole. */
public final class ResultFiles {

    private static final Logger LOG = Logger.getLogger(ResultFiles.class);

    private static final int GONE = 404;

    private final FileService files;
    private final Set<String> absent = new HashSet<>();
    private boolean lenient;
    private Instant keptUntil;

    public ResultFiles(FileService files) {
        this.files = files;
    }

    /** From now on a file that the provider does not give is none. */
    public ResultFiles leavingOutThoseGone() {
        lenient = true;
        return this;
    }

    /** Until when the provider keeps all of the files; empty if it does not say. */
    public Optional<Instant> keptUntil() {
        return Optional.ofNullable(keptUntil);
    }

    /** Those of the files that are not found to be gone. */
    public List<String> there(List<String> fileIds) {
        return fileIds.stream().filter(id -> !absent.contains(id)).toList();
    }

    /** A file came as a whole, and is not as long as the provider says. */
    public static final class WrongSizeException extends IOException {

        private static final long serialVersionUID = 1L;

        WrongSizeException(String message) {
            super(message);
        }
    }

    /**
     * Downloads files one after the other into one; an empty file if there are none.
     *
     * @throws IOException if the connection breaks, or a file is shorter or longer than the provider says
     * @throws BatchApiException if the provider does not give a file
     */
    public Path download(List<String> fileIds, Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
            for (String id : fileIds) {
                appendIfGiven(id, out);
            }
        }
        return Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void appendIfGiven(String id, OutputStream out) throws IOException {
        try {
            append(id, out);
        } catch (BatchApiException e) {
            if (e.status() != GONE || !lenient) {
                throw e;
            }
            absent.add(id);
            LOG.warnf("The provider does not give result file %s any more: its lines count as missing", SafeText.of(id, 100));
        }
    }

    private void append(String id, OutputStream out) throws IOException {
        FileObject file = files.retrieveFile(id);
        if (file.expiresAt() != null && (keptUntil == null || file.expiresAt().isBefore(keptUntil))) {
            keptUntil = file.expiresAt();
        }
        Copied copied = copy(id, out);
        if (file.bytes() != null && file.bytes() != copied.bytes() && file.bytes() != 0) {
            throw new WrongSizeException(
                    "File %s has %d bytes, but %d came".formatted(SafeText.of(id, 100), file.bytes(), copied.bytes()));
        }
        if (copied.bytes() > 0 && copied.last() != '\n') {
            out.write('\n');
        }
    }

    private Copied copy(String id, OutputStream out) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        byte last = 0;
        try (InputStream content = files.fileContent(id)) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                if (read > 0) {
                    out.write(buffer, 0, read);
                    bytes += read;
                    last = buffer[read - 1];
                }
            }
        }
        return new Copied(bytes, last);
    }

    private record Copied(long bytes, byte last) {
    }
}
