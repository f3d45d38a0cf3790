package io.quarkiverse.openai.batch.emulator.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The files of one emulator: an index in memory, the bytes in one directory under names of its own. */
public final class FileStore implements AutoCloseable {

    private final Path directory;
    private final boolean temporary;
    private final AtomicLong sequence = new AtomicLong();
    private final Map<String, StoredFile> byId = new ConcurrentHashMap<>();
    private final ConcurrentNavigableMap<Long, StoredFile> inOrder = new ConcurrentSkipListMap<>();

    /**
     * @param directory where to keep the bytes, or null for a temporary directory that {@link #close} deletes
     * @throws UncheckedIOException if the directory cannot be made
     */
    public FileStore(Path directory) {
        this.temporary = directory == null;
        try {
            this.directory = temporary ? Files.createTempDirectory("openai-batch-emulator-")
                    : createDirectory(directory.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the directory " + (temporary ? "for files" : directory), e);
        }
    }

    private static Path createDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory.getParent());
            Files.createDirectory(directory, ownerOnly(directory.getParent(), "rwx------"));
        }
        return directory;
    }

    /**
     * So that nobody else reads a file that is made, where the file system knows owners.
     *
     * @param permissions such as {@code rw-------}
     */
    public static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return knowsOwners(path)
                ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
                : new FileAttribute<?>[0];
    }

    public static boolean knowsOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** A path for new bytes; nothing a client says becomes part of it. */
    public Path newPath() {
        return directory.resolve(UUID.randomUUID().toString());
    }

    public StoredFile add(NewFile file) {
        StoredFile stored = new StoredFile("file-" + UUID.randomUUID().toString().replace("-", ""),
                sequence.incrementAndGet(), file);
        byId.put(stored.id(), stored);
        inOrder.put(stored.sequence(), stored);
        return stored;
    }

    /** A file of these bytes that nobody can find; it is gone when it is released. */
    public StoredFile unlisted(NewFile file) {
        return new StoredFile("", 0, file);
    }

    public Optional<StoredFile> find(String id, Instant now) {
        StoredFile file = byId.get(id);
        if (file != null && file.expired(now)) {
            remove(file);
            return Optional.empty();
        }
        return Optional.ofNullable(file);
    }

    /** Forgets the file; false if it was not there. */
    public boolean remove(StoredFile file) {
        if (!byId.remove(file.id(), file)) {
            return false;
        }
        inOrder.remove(file.sequence());
        file.release();
        return true;
    }

    /** All files after the given one, newest or oldest first. */
    public Stream<StoredFile> list(StoredFile after, boolean newestFirst, Instant now) {
        ConcurrentNavigableMap<Long, StoredFile> files = newestFirst ? inOrder.descendingMap() : inOrder;
        if (after != null) {
            files = files.tailMap(after.sequence(), false);
        }
        return files.values().stream().filter(file -> !file.expired(now));
    }

    public void clear() {
        List.copyOf(byId.values()).forEach(this::remove);
    }

    /** Deletes the bytes at a path that no file uses. */
    public static void discard(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets all files; deletes the directory if it was a temporary one. */
    @Override
    public void close() {
        byId.clear();
        inOrder.clear();
        if (!temporary) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(FileStore::discard);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
