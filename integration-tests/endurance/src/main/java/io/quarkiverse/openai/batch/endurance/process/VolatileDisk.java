package io.quarkiverse.openai.batch.endurance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import io.quarkiverse.openai.batch.runtime.job.files.Disk;

/**
 * A disk that may lose what was not forced when the power fails: bytes of files from any point on, and the latest changes of
 * names in a folder, from any of them on.
 */
final class VolatileDisk extends Disk {

    private final Path backups;
    private final boolean forces;
    private final Map<Path, Long> forced = new HashMap<>();
    private final Map<Path, List<Undo>> changes = new HashMap<>();

    private interface Undo {

        void undo() throws IOException;
    }

    /**
     * @param backups a folder of the same file system for what a loss may bring back
     * @param forces whether it does force; a mutant does not
     */
    VolatileDisk(Path backups, boolean forces) throws IOException {
        this.backups = Files.createDirectories(backups);
        this.forces = forces;
    }

    @Override
    public synchronized void create(Path file) throws IOException {
        super.create(file);
        forced.put(file, 0L);
        changed(file, () -> Files.deleteIfExists(file));
    }

    @Override
    public synchronized void force(Path file) throws IOException {
        if (forces) {
            forced.put(file, Files.size(file));
        }
    }

    @Override
    public synchronized void forceFolder(Path folder) {
        if (forces) {
            changes.remove(folder.toAbsolutePath());
        }
    }

    @Override
    public synchronized void move(Path from, Path to) throws IOException {
        Path replaced = Files.exists(to) ? backup(to) : null;
        Long replacedLength = forced.get(to);
        Long length = forced.get(from);
        super.move(from, to);
        renamed(from, to, length);
        changed(to, () -> {
            super.move(to, from);
            renamed(to, from, length);
            if (replaced != null) {
                Files.move(replaced, to);
                put(to, replacedLength);
            }
        });
    }

    private void renamed(Path from, Path to, Long length) {
        forced.remove(from);
        put(to, length);
    }

    private void put(Path file, Long length) {
        if (length == null) {
            forced.remove(file);
        } else {
            forced.put(file, length);
        }
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            super.delete(file);
            return;
        }
        Path deleted = backup(file);
        Long length = forced.remove(file);
        super.delete(file);
        changed(file, () -> {
            Files.move(deleted, file, StandardCopyOption.REPLACE_EXISTING);
            put(file, length);
        });
    }

    private Path backup(Path file) throws IOException {
        return Files.createLink(backups.resolve(UUID.randomUUID().toString()), file);
    }

    private void changed(Path file, Undo undo) {
        changes.computeIfAbsent(file.toAbsolutePath().getParent(), folder -> new ArrayList<>()).add(undo);
    }

    /** The power fails. Nothing is written afterwards: the monitor is not given back to others. */
    void losePower(Random random, Runnable halt) {
        synchronized (this) {
            try {
                for (List<Undo> inFolder : changes.values()) {
                    for (int lost = random.nextInt(inFolder.size() + 1); lost > 0; lost--) {
                        undo(inFolder.remove(inFolder.size() - 1));
                    }
                }
                for (Map.Entry<Path, Long> file : forced.entrySet()) {
                    tear(file.getKey(), file.getValue(), random);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                halt.run();
            }
        }
    }

    private static void undo(Undo change) {
        try {
            change.undo();
        } catch (IOException gone) {
            // the folder itself was deleted since
        }
    }

    private static void tear(Path file, long from, Random random) throws IOException {
        if (!Files.exists(file) || Files.size(file) <= from) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(from + (long) (random.nextDouble() * (channel.size() - from)));
        }
    }
}
