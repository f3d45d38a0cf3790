package io.quarkiverse.openai.batch.runtime.job.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.Sha256;

/** The directory of the jobs: a folder a job, under a name of our own, with the files of its chunks. */
public final class JobDirectory implements AutoCloseable {

    private static final String DRAFT = "draft-";
    private static final String CHUNK = "chunk-";

    private final Path root;
    private final FileChannel lockFile;
    private final FileLock lock;

    private JobDirectory(Path root, FileChannel lockFile, FileLock lock) {
        this.root = root;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Opens the directory for this process alone.
     *
     * @throws IllegalStateException if another process has it open
     */
    public static JobDirectory open(Path root) {
        try {
            Files.createDirectories(root);
            FileChannel lockFile = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(lockFile);
            if (lock == null) {
                lockFile.close();
                throw new IllegalStateException("The job directory %s is in use by another process".formatted(root));
            }
            JobDirectory directory = new JobDirectory(root, lockFile, lock);
            directory.deleteDrafts();
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("The job directory " + root + " cannot be opened", e);
        }
    }

    /**
     * Opens the directory to read it, whatever process has it open. Nothing can be written.
     */
    public static JobDirectory readOnly(Path root) {
        return new JobDirectory(root, null, null);
    }

    /**
     * @throws IllegalStateException if the directory was opened to read it
     */
    void requireWritable() {
        if (lock == null) {
            throw new IllegalStateException(
                    "The job directory %s was opened to read it, and cannot be changed".formatted(root));
        }
    }

    private static FileLock tryLock(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock();
        } catch (OverlappingFileLockException inThisProcess) {
            return null;
        }
    }

    /** The folder of a job. Names are the user's, and may hold anything; so the folder is named by their digest. */
    public Path of(String job) {
        byte[] digest = Sha256.digest().digest(job.getBytes(StandardCharsets.UTF_8));
        return root.resolve("job-" + HexFormat.of().formatHex(digest, 0, 16));
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

    private void deleteDrafts() {
        for (Path job : jobs()) {
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
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(path -> path.getFileName().toString().startsWith("job-")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String job) {
        delete(job, file -> true);
    }

    /** What a job has of its chunks. */
    void deleteChunks(String job) {
        delete(job, file -> file.getFileName().toString().startsWith(CHUNK));
    }

    private void delete(String job, Predicate<Path> which) {
        requireWritable();
        Path folder = of(job);
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
        if (lock == null) {
            return;
        }
        try {
            lock.release();
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
