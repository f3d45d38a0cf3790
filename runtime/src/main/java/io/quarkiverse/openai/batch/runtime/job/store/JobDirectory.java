package io.quarkiverse.openai.batch.runtime.job.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.jsonl.Sha256;

/** The directory of the jobs: a folder a job, under a name of our own, with the files of its chunks. */
public final class JobDirectory implements AutoCloseable {

    static final String JOB_FILE = "job.json";

    private static final String DRAFT = "draft-";
    private static final String CHUNK = "chunk-";
    private static final String LOCK = "lock";
    /** Behind the text that says who has the lock, since Windows lets nobody read bytes that are locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /**
     * System properties with this prefix name the directories that are open in this process, also by other class loaders.
     * Opening
     * the lock file once more would release the lock: POSIX drops all locks of a process on a file when it closes the file
     * once.
     */
    private static final String OPEN = "io.quarkiverse.openai.batch.open.";

    private static final Pattern FOLDER = Pattern.compile("job-[0-9a-f]{32}");

    private final Path root;
    private final String open;
    private final FileChannel lockFile;
    private final FileLock lock;

    private JobDirectory(Path root, String open, FileChannel lockFile, FileLock lock) {
        this.root = root;
        this.open = open;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Opens the directory for this process alone.
     *
     * @throws IllegalStateException if it is open already; the message says in which process
     */
    public static JobDirectory open(Path root) {
        try {
            String open = OPEN + Files.createDirectories(root).toRealPath();
            if (System.getProperties().putIfAbsent(open, "") != null) {
                throw new IllegalStateException("The job directory %s is in use by this process, %d"
                        .formatted(root, ProcessHandle.current().pid()));
            }
            return open(root, open);
        } catch (IOException e) {
            throw new UncheckedIOException("The job directory " + root + " cannot be opened", e);
        }
    }

    private static JobDirectory open(Path root, String open) throws IOException {
        FileChannel lockFile = null;
        boolean complete = false;
        try {
            lockFile = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = lockFile.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                throw new IllegalStateException("The job directory %s is in use by %s".formatted(root, holder(root)));
            }
            writeHolder(lockFile);
            JobDirectory directory = new JobDirectory(root, open, lockFile, lock);
            directory.deleteRemains();
            complete = true;
            return directory;
        } finally {
            if (!complete) {
                if (lockFile != null) {
                    lockFile.close();
                }
                System.getProperties().remove(open);
            }
        }
    }

    /**
     * Opens the directory to read it, whatever process has it open. Nothing can be written.
     */
    public static JobDirectory readOnly(Path root) {
        return new JobDirectory(root, null, null, null);
    }

    /**
     * @throws IllegalStateException if the directory was opened to read it, or is closed
     */
    public void requireWritable() {
        if (isReadOnly() || !lock.isValid()) {
            throw new IllegalStateException("The job directory %s %s, and cannot be changed".formatted(root,
                    isReadOnly() ? "was opened to read it" : "is closed"));
        }
    }

    public boolean isReadOnly() {
        return lock == null;
    }

    private static void writeHolder(FileChannel lockFile) throws IOException {
        String holder = "process %d since %s".formatted(ProcessHandle.current().pid(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS));
        lockFile.truncate(0).write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static String holder(Path root) throws IOException {
        String holder = SafeText.of(Files.readString(root.resolve(LOCK)), 100);
        return holder.isEmpty() ? "another process" : holder;
    }

    /** The folder of a job. Names are the user's, and may hold anything; so the folder is named by their digest. */
    public Path of(String job) {
        return root.resolve("job-" + digest(job));
    }

    private static String digest(String name) {
        byte[] digest = Sha256.digest().digest(name.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 16);
    }

    /** The file of an account's row. */
    Path account(String name) {
        return root.resolve("account-" + digest(name) + ".json");
    }

    /** A file of a chunk, such as its spooled lines. */
    public Path file(ChunkRow chunk, ChunkFile file) {
        return file(chunk.job(), chunk.number(), file);
    }

    /** The file of a chunk's row. */
    Path row(String job, int chunk) {
        return of(job).resolve(CHUNK + chunk + ".json");
    }

    static boolean isChunkRow(Path file) {
        return file.getFileName().toString().matches("chunk-[0-9]+\\.json");
    }

    public Path file(String job, int chunk, ChunkFile file) {
        return of(job).resolve(CHUNK + chunk + file.suffix());
    }

    /** A new file in the folder of a job, which the next start deletes if it is still there. */
    public Path draft(String job, String suffix) throws IOException {
        requireWritable();
        return Files.createDirectories(of(job)).resolve(DRAFT + UUID.randomUUID() + suffix);
    }

    /** Makes a draft a file of a job. It is on disk then, also after a power failure. */
    public void keep(Path draft, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(file.getParent());
    }

    /** A renamed file is on disk only once its folder is. */
    static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException notOnThisSystem) {
            // Windows cannot open directories and does not need this
        }
    }

    /** What processes left behind that were halted: drafts, and files of jobs that were being deleted. */
    private void deleteRemains() {
        for (Path job : jobs()) {
            if (!Files.exists(job.resolve(JOB_FILE))) {
                delete(job, file -> true);
                continue;
            }
            try (Stream<Path> files = Files.list(job)) {
                for (Path draft : files.filter(file -> file.getFileName().toString().startsWith(DRAFT)).toList()) {
                    Files.deleteIfExists(draft);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The folders of all jobs. */
    List<Path> jobs() {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(path -> FOLDER.matcher(path.getFileName().toString()).matches()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String job) {
        requireWritable();
        delete(of(job), file -> true);
    }

    /** What a job has of its chunks. */
    void deleteChunks(String job) {
        requireWritable();
        delete(of(job), file -> file.getFileName().toString().startsWith(CHUNK));
    }

    private static void delete(Path folder, Predicate<Path> which) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(which).sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (isReadOnly() || !lock.isValid()) {
            return;
        }
        try {
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            System.getProperties().remove(open);
        }
    }
}
