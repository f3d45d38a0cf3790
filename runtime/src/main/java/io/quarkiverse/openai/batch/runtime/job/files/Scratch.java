package io.quarkiverse.openai.batch.runtime.job.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Files that nothing needs after a crash: a folder of this process, made when it is first used and deleted when it is closed.
 * What dead processes left is deleted then, too.
 */
public final class Scratch implements AutoCloseable {

    private static final String PROCESS = "process-";
    private static final int ATTEMPTS = 5;

    private final Disk disk = new Disk();
    private final boolean isDefault;
    private final Path root;
    private Path folder;
    private DirectoryLock lock;
    private boolean closed;

    /**
     * @param root the folder that holds those of processes; null for one of the user under the temporary directory
     */
    public Scratch(Path root) {
        this.isDefault = root == null;
        this.root = root != null ? root
                : Path.of(System.getProperty("java.io.tmpdir"), "openai-batch-" + System.getProperty("user.name", ""));
    }

    /**
     * Makes an empty file. Whoever asks for it deletes it.
     *
     * @throws EpochEndedException if the scratch folder was closed
     */
    public synchronized Path newFile(String suffix) throws IOException {
        Path file = folder().resolve(UUID.randomUUID() + suffix);
        disk.create(file);
        return file;
    }

    /**
     * The folder of this process.
     *
     * @throws EpochEndedException if it was closed
     */
    public synchronized Path folder() throws IOException {
        if (closed) {
            throw new EpochEndedException("The scratch folder in %s is closed".formatted(root));
        }
        if (folder == null) {
            open();
        }
        return folder;
    }

    private void open() throws IOException {
        disk.createFolder(root);
        requireOwn();
        deleteRemains();
        for (int attempt = 1; folder == null; attempt++) {
            Path made = root.resolve(PROCESS + UUID.randomUUID());
            try {
                disk.createFolder(made);
                lock = DirectoryLock.take(made);
                folder = made;
            } catch (NoSuchFileException | DirectoryInUseException deletedByAnother) {
                if (attempt == ATTEMPTS) {
                    throw deletedByAnother;
                }
            }
        }
    }

    /** The default is in a folder that all users share, where somebody else may have been first. */
    private void requireOwn() throws IOException {
        if (!isDefault) {
            return;
        }
        Path own = Files.createTempFile(root.toAbsolutePath().getParent(), PROCESS, null);
        try {
            if (!Files.getOwner(root).equals(Files.getOwner(own))) {
                throw new IOException(
                        "%s belongs to %s. Set jobs.scratch to another folder".formatted(root, Files.getOwner(root)));
            }
        } finally {
            Files.delete(own);
        }
    }

    private void deleteRemains() throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            for (Path left : folders.filter(path -> path.getFileName().toString().startsWith(PROCESS)).toList()) {
                try {
                    delete(left, DirectoryLock.take(left));
                } catch (DirectoryInUseException | FileSystemException notOurs) {
                    // of a process that is alive or of another user, or deleted by another process just now
                }
            }
        }
    }

    /** Another process that finds the folder without its lock deletes it, too. */
    private void delete(Path left, DirectoryLock itsLock) throws IOException {
        try (itsLock; Stream<Path> files = Files.list(left)) {
            for (Path file : files.filter(file -> !file.endsWith(DirectoryLock.FILE)).toList()) {
                disk.delete(file);
            }
        }
        disk.delete(left.resolve(DirectoryLock.FILE));
        disk.delete(left);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (folder == null) {
            return;
        }
        try {
            delete(folder, lock);
        } catch (IOException e) {
            throw new UncheckedIOException("The scratch folder %s cannot be deleted".formatted(folder), e);
        } finally {
            folder = null;
        }
    }
}
