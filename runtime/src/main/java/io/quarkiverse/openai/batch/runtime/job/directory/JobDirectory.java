package io.quarkiverse.openai.batch.runtime.job.directory;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.jsonl.Sha256;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.DamagedFileException;
import io.quarkiverse.openai.batch.runtime.job.files.DirectoryInUseException;
import io.quarkiverse.openai.batch.runtime.job.files.DirectoryLock;
import io.quarkiverse.openai.batch.runtime.job.files.Disk;
import io.quarkiverse.openai.batch.runtime.job.files.DiskDraft;
import io.quarkiverse.openai.batch.runtime.job.files.Epoch;
import io.quarkiverse.openai.batch.runtime.job.files.Epoch.Write;
import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;
import io.quarkiverse.openai.batch.runtime.job.files.FileDraft;
import io.quarkiverse.openai.batch.runtime.job.files.LocalFile;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.files.VerifiedInput;

/** The directory of the jobs: a folder a job, under a name of our own, with the files of its chunks. */
public final class JobDirectory implements ChunkFiles, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(JobDirectory.class);

    static final String JOB_FILE = "job.json";

    private static final Pattern CHUNK_ROW = Pattern.compile("chunk-[0-9]+\\.json");
    private static final Pattern CHUNK_FILE = Pattern.compile("[a-z-]+-[0-9a-f]{32}\\.[a-z]+");
    private static final Pattern FOLDER = Pattern.compile("job-[0-9a-f]{32}");

    private final Path root;
    private final Disk disk;
    private final DirectoryLock lock;
    private final Epoch epoch = new Epoch();
    /** Files that no row names yet. */
    private final Set<Path> drafts = ConcurrentHashMap.newKeySet();

    private JobDirectory(Path root, Disk disk, DirectoryLock lock) {
        this.root = root;
        this.disk = disk;
        this.lock = lock;
    }

    /**
     * Opens the directory for this process alone.
     *
     * @throws DirectoryInUseException if it is open already; the message says in which process
     */
    public static JobDirectory open(Path root) {
        return open(root, new Disk());
    }

    /**
     * @param disk makes the files
     */
    public static JobDirectory open(Path root, Disk disk) {
        try {
            requireNoFile(root);
            disk.createFolder(root);
            DirectoryLock lock = DirectoryLock.take(root);
            JobDirectory directory = new JobDirectory(root, disk, lock);
            try {
                directory.deleteRemains();
                return directory;
            } catch (RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The job directory %s cannot be opened: %s".formatted(root, e.getMessage()), e);
        }
    }

    private static void requireNoFile(Path root) throws IOException {
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new IOException("it is a file. Remove it, or choose another directory");
        }
    }

    /** Opens the directory to read it, whatever process has it open. Nothing can be written. */
    public static JobDirectory readOnly(Path root) {
        try {
            requireNoFile(root);
        } catch (IOException e) {
            throw new UncheckedIOException("The job directory %s cannot be read: %s".formatted(root, e.getMessage()), e);
        }
        JobDirectory directory = new JobDirectory(root, new Disk(), null);
        directory.epoch.end("The job directory %s was opened to read it, and cannot be changed".formatted(root));
        return directory;
    }

    /**
     * Begins a write of rows or files.
     *
     * @throws EpochEndedException if the directory was opened to read it, or is closed
     */
    Write write() {
        return epoch.write();
    }

    public boolean isReadOnly() {
        return lock == null;
    }

    /** The folder of a job. Names are the user's, and may hold anything; so the folder is named by their digest. */
    public Path of(String job) {
        return root.resolve("job-" + digest(job));
    }

    Path root() {
        return root;
    }

    Disk disk() {
        return disk;
    }

    /** Of a name of any characters, for that of a file. */
    static String digest(String name) {
        byte[] digest = Sha256.digest().digest(name.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, 16);
    }

    /** The file of an account's row. */
    Path account(String name) {
        return root.resolve("account-" + digest(name) + ".json");
    }

    /** The file of a chunk's row. */
    Path row(String job, int chunk) {
        return of(job).resolve(rowName(chunk));
    }

    static String rowName(int chunk) {
        return "chunk-" + chunk + ".json";
    }

    @Override
    public FileDraft draft(String job, ChunkFile kind) throws IOException {
        Path file = of(job).resolve(kind.name(UUID.randomUUID().toString().replace("-", "")));
        try (Write write = write()) {
            disk.createFolder(of(job));
            return new DiskDraft(disk, epoch, file, drafts);
        }
    }

    @Override
    public InputStream open(String job, StoredFile file) throws IOException {
        Path path = whole(job, file);
        return new VerifiedInput(Files.newInputStream(path), file.sha256(), path.toString());
    }

    @Override
    public InputStream openAt(String job, StoredFile file, long offset) throws IOException {
        InputStream in = Files.newInputStream(whole(job, file));
        in.skipNBytes(offset);
        return in;
    }

    @Override
    public LocalFile local(String job, StoredFile file) throws IOException {
        Path path = whole(job, file);
        return () -> path;
    }

    private Path whole(String job, StoredFile file) throws DamagedFileException {
        if (!CHUNK_FILE.matcher(file.id()).matches()) {
            throw new DamagedFileException(SafeText.of(file.id(), 100) + " in " + of(job));
        }
        Path path = of(job).resolve(file.id());
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile() && attributes.size() == file.bytes()) {
                return path;
            }
        } catch (IOException gone) {
            // as if it had another size
        }
        throw new DamagedFileException(path.toString());
    }

    /**
     * Stores a row with the files that it names: a later reader sees the old row or the new one.
     *
     * @param before the files that the row named before
     * @param now the files that it names now; the others are deleted
     */
    void replace(Path row, byte[] content, Collection<StoredFile> before, Collection<StoredFile> now) {
        Path folder = row.getParent();
        try (Write write = write()) {
            disk.createFolder(folder);
            disk.replace(row, content);
            now.forEach(file -> drafts.remove(folder.resolve(file.id())));
            before.stream().filter(file -> !now.contains(file)).forEach(file -> deleteIfPossible(folder.resolve(file.id())));
        } catch (IOException e) {
            throw new UncheckedIOException("The state cannot be stored in %s: %s".formatted(row, e.getMessage()), e);
        }
    }

    /** The row is stored already; what is left is deleted when the directory is opened again. */
    private void deleteIfPossible(Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            LOG.warnf("%s is not needed any more, and cannot be deleted: %s", file, e.getMessage());
        }
    }

    /** What processes left behind that were halted while a job was being deleted. */
    private void deleteRemains() {
        jobs().stream().filter(job -> Files.notExists(job.resolve(JOB_FILE))).forEach(job -> delete(job, file -> true));
    }

    /**
     * Deletes files of chunks that no row names, rows that do not count, and what is left of rows that were being written.
     * Drafts of this process stay.
     *
     * @param named names of the files and rows that count
     */
    void deleteUnnamed(String job, Set<String> named) {
        try (Write write = write()) {
            delete(of(job), file -> isOfChunk(file.getFileName().toString())
                    && !named.contains(file.getFileName().toString()) && !drafts.contains(file));
        }
    }

    private static boolean isOfChunk(String name) {
        return CHUNK_FILE.matcher(name).matches() || CHUNK_ROW.matcher(name).matches() || name.endsWith(Disk.NEXT);
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

    /** Its row is deleted first: what is left without it is no job. */
    void delete(String job) {
        try (Write write = write()) {
            disk.delete(of(job).resolve(JOB_FILE));
            disk.forceFolder(of(job));
            delete(of(job), file -> true);
        } catch (IOException e) {
            throw new UncheckedIOException("Job \"%s\" cannot be deleted: %s".formatted(job, e.getMessage()), e);
        }
    }

    private void delete(Path folder, Predicate<Path> which) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(which).sorted(Comparator.reverseOrder()).toList()) {
                disk.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing is written afterwards, by no thread. */
    @Override
    public void close() {
        if (!epoch.end("The job directory %s is closed, and cannot be changed".formatted(root))) {
            return;
        }
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
