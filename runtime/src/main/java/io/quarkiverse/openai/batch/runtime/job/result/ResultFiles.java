package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.BatchApiException;
import io.quarkiverse.openai.batch.FileService;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.model.FileObject;

/** Downloads result files, and checks that they are whole. */
public final class ResultFiles {

    private static final Logger LOG = Logger.getLogger(ResultFiles.class);

    private final FileService files;
    private final boolean lenient;

    /**
     * @param lenient whether a file that the provider no longer has is left out
     */
    public ResultFiles(FileService files, boolean lenient) {
        this.files = files;
        this.lenient = lenient;
    }

    /** A file came as a whole, and its size is not the one that the provider states. */
    public static final class WrongSizeException extends IOException {

        private static final long serialVersionUID = 1L;

        WrongSizeException(String message) {
            super(message);
        }
    }

    /**
     * Appends files one after the other to a file.
     *
     * @throws IOException if the connection breaks, or a file is shorter or longer than the provider says
     * @throws BatchApiException if the provider does not give a file
     */
    public void download(List<String> fileIds, Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            for (String id : fileIds) {
                appendIfGiven(id, out);
            }
        }
    }

    private void appendIfGiven(String id, OutputStream out) throws IOException {
        try {
            append(id, out);
        } catch (BatchApiException e) {
            if (!e.isNotFound() || !lenient) {
                throw e;
            }
            LOG.warnf("The provider no longer has result file %s: its lines count as missing", SafeText.of(id, 100));
        }
    }

    private void append(String id, OutputStream out) throws IOException {
        FileObject file = files.retrieveFile(id);
        long bytes;
        try (InputStream content = files.fileContent(id)) {
            bytes = content.transferTo(out);
        }
        if (file.bytes() != null && file.bytes() != bytes && file.bytes() != 0) {
            throw new WrongSizeException(
                    "File %s has %d bytes, but %d came".formatted(SafeText.of(id, 100), file.bytes(), bytes));
        }
        // the last line may have none
        out.write('\n');
    }
}
