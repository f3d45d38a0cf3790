package io.quarkiverse.openai.batch.runtime.job.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The one place where files are made, forced to disk, moved and deleted. What is made is its owner's alone where the file
 * system knows owners. An interrupt of the thread, which is the application's or for its code, breaks nothing off; channels
 * would be closed by it.
 */
public class Disk {

    /** The end of the name of a file that is to replace another. */
    public static final String NEXT = ".next";

    /** Makes an empty file. */
    public void create(Path file) throws IOException {
        Files.createFile(file, ownerOnly(file, "rw-------"));
    }

    public final void append(Path file, ByteBuffer bytes) throws IOException {
        try (OutputStream out = new FileOutputStream(file.toFile(), true)) {
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            bytes.position(bytes.limit());
        }
    }

    /**
     * Makes a folder that is on disk afterwards.
     *
     * @throws IOException if there is something else of that name, also if it is a link to a folder
     */
    public void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.isSymbolicLink(folder)) {
            throw new IOException("%s is a link. Name the folder that it leads to, %s".formatted(folder,
                    folder.toRealPath()));
        }
        Path parent = folder.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        try {
            Files.createDirectory(folder, ownerOnly(parent, "rwx------"));
        } catch (FileAlreadyExistsException made) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw made;
            }
        }
        forceFolder(parent);
    }

    /** What was written to a file is on disk afterwards; its name is only once its folder was forced too. */
    public void force(Path file) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.getFD().sync();
        }
    }

    /** The names in a folder are on disk afterwards. Windows cannot open folders, and does not need this. */
    public void forceFolder(Path folder) throws IOException {
        boolean forced = !knowsOwners(folder);
        boolean interrupted = false;
        while (!forced) {
            interrupted |= Thread.interrupted();
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
                forced = true;
            } catch (ClosedByInterruptException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** A later reader sees the old content or the new one, also after a loss of power. */
    public final void replace(Path file, byte[] content) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + NEXT);
        delete(next);
        create(next);
        append(next, ByteBuffer.wrap(content));
        force(next);
        move(next, file);
        forceFolder(file.getParent());
    }

    private static boolean knowsOwners(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
        return knowsOwners(path)
                ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)) }
                : new FileAttribute<?>[0];
    }
}
