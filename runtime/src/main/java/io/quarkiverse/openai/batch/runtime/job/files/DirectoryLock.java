package io.quarkiverse.openai.batch.runtime.job.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

import io.quarkiverse.openai.batch.jsonl.SafeText;

/** The lock of a directory, which one process has at a time. It ends with the process. */
public final class DirectoryLock implements AutoCloseable {

    /** Its name in the directory. */
    static final String FILE = "lock";
    /** Behind the text that says who has the lock, since Windows lets nobody read bytes that are locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /**
     * System properties with this prefix name the directories that are locked by this process, also by other class loaders.
     * Opening the lock file once more would release the lock: POSIX drops all locks of a process on a file when it closes the
     * file once.
     */
    private static final String OPEN = "io.quarkiverse.openai.batch.open.";

    private final String open;
    private final FileChannel file;
    private final FileLock lock;

    private DirectoryLock(String open, FileChannel file, FileLock lock) {
        this.open = open;
        this.file = file;
        this.lock = lock;
    }

    /**
     * Takes the lock of a directory that exists.
     *
     * @throws DirectoryInUseException if it is taken
     */
    public static DirectoryLock take(Path directory) throws IOException {
        String open = OPEN + directory.toRealPath();
        if (System.getProperties().putIfAbsent(open, "") != null) {
            throw new DirectoryInUseException("The job directory %s is in use by this process, %d"
                    .formatted(directory, ProcessHandle.current().pid()));
        }
        FileChannel file = null;
        FileLock lock = null;
        try {
            file = FileChannel.open(directory.resolve(FILE),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                    Disk.ownerOnly(directory, "rw-------"));
            lock = file.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                throw new DirectoryInUseException("The job directory %s is in use by %s".formatted(directory,
                        holder(directory)));
            }
            writeHolder(file);
            return new DirectoryLock(open, file, lock);
        } finally {
            if (lock == null) {
                if (file != null) {
                    file.close();
                }
                System.getProperties().remove(open);
            }
        }
    }

    private static void writeHolder(FileChannel lockFile) throws IOException {
        String holder = "process %d since %s".formatted(ProcessHandle.current().pid(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        lockFile.truncate(0).write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static String holder(Path directory) throws IOException {
        String holder = SafeText.of(Files.readString(directory.resolve(FILE)), 100);
        return holder.isEmpty() ? "another process" : holder;
    }

    @Override
    public void close() throws IOException {
        try (file; lock) {
            // both are released, whatever fails
        } finally {
            System.getProperties().remove(open);
        }
    }
}
