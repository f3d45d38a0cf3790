package io.quarkiverse.openai.batch.runtime.job.result;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.provider.BatchProvider;
import io.quarkiverse.openai.batch.runtime.job.provider.ProviderException;
import io.quarkiverse.openai.batch.runtime.job.result.BoundedCopy.Copied;
import io.quarkiverse.openai.batch.runtime.job.setup.PauseException;

/**
 * Downloads result files. The size that the provider states bounds what is read and is checked; it is no more than a statement,
 * so the same bytes three times count for more.
 */
public final class ResultFiles {

    private static final Logger LOG = Logger.getLogger(ResultFiles.class);

    private static final int READINGS = 3;
    private static final long UNKNOWN = -1;

    private final BatchProvider provider;
    private final long mostBytes;
    private final boolean settled;
    private final boolean lenient;

    /**
     * @param mostBytes the largest file that is read if its stated size is unknown or wrong
     * @param settled whether the provider had time to complete its files, so that one that is shorter than stated may count
     * @param lenient whether a file that the provider no longer has is left out
     */
    public ResultFiles(BatchProvider provider, long mostBytes, boolean settled, boolean lenient) {
        this.provider = provider;
        this.mostBytes = mostBytes;
        this.settled = settled;
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
     * Writes files one after the other into a file.
     *
     * @throws IOException if the connection breaks, a file comes too slowly, is not of its stated size, or fills the disk
     * @throws ProviderException if the provider does not give a file
     * @throws PauseException if a file is too large
     */
    public void download(List<String> fileIds, Path target) throws IOException {
        download(fileIds, target, BoundedCopy.to(target));
    }

    void download(List<String> fileIds, Path target, BoundedCopy copy) throws IOException {
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            for (String id : fileIds) {
                appendIfGiven(id, new Target(out, copy));
            }
        }
    }

    private void appendIfGiven(String id, Target target) throws IOException {
        try {
            append(id, target);
        } catch (ProviderException e) {
            if (!e.kind().isAbsent() || !lenient) {
                throw e;
            }
            target.reset();
            LOG.warnf("The provider no longer has result file %s: its lines count as missing", SafeText.of(id, 100));
        }
    }

    private void append(String id, Target target) throws IOException {
        long stated = statedSize(id);
        Copied copied = stated == UNKNOWN ? readToEnd(id, target) : read(id, target, stated);
        if (stated != UNKNOWN && copied.bytes() != stated) {
            agree(id, target, stated, copied);
        }
        // the last line may have none
        target.out().write(ByteBuffer.wrap(new byte[] { '\n' }));
    }

    /** What the provider says; its files can be read without that. */
    private long statedSize(String id) {
        try {
            Long bytes = provider.file(id).bytes();
            return bytes == null || bytes <= 0 ? UNKNOWN : bytes;
        } catch (ProviderException e) {
            LOG.debugf("The size of result file %s is not known: %s", SafeText.of(id, 100), e.getMessage());
            return UNKNOWN;
        }
    }

    private Copied read(String id, Target target, long most) throws IOException {
        target.reset();
        try (InputStream content = provider.content(id)) {
            return target.copy().copy(content, target.out(), most);
        }
    }

    private Copied readToEnd(String id, Target target) throws IOException {
        Copied all = read(id, target, mostBytes);
        if (all.bytes() > mostBytes) {
            throw new PauseException(
                    ("Result file %s has more than %d bytes. If that is right, set jobs.result-bytes to more; then "
                            + "resume the job").formatted(SafeText.of(id, 100), mostBytes));
        }
        return all;
    }

    /** A file that is not of its stated size counts if three readings are equal. */
    private void agree(String id, Target target, long stated, Copied first) throws IOException {
        boolean longer = first.bytes() > stated;
        if (longer || settled) {
            Copied all = longer ? readToEnd(id, target) : first;
            if (all.equals(readToEnd(id, target)) && all.equals(readToEnd(id, target))) {
                LOG.infof("Result file %s has %d bytes, and not the %d that the provider states", SafeText.of(id, 100),
                        all.bytes(), stated);
                return;
            }
        }
        throw new WrongSizeException("File %s has %d bytes, but %s came"
                .formatted(SafeText.of(id, 100), stated, longer ? "more" : first.bytes()));
    }

    /** Where a file begins. */
    private record Target(FileChannel out, BoundedCopy copy, long begin) {

        Target(FileChannel out, BoundedCopy copy) throws IOException {
            this(out, copy, out.position());
        }

        void reset() throws IOException {
            out.truncate(begin).position(begin);
        }
    }
}
