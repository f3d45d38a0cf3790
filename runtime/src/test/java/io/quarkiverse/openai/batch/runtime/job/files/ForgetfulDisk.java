package io.quarkiverse.openai.batch.runtime.job.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A disk that loses power after some operations. What was not forced may be there afterwards or not: of a file its bytes, of a
 * folder each name by itself.
 */
public final class ForgetfulDisk extends Disk {

    /** The power is lost. */
    public static final class PowerLoss extends Error {

        private static final long serialVersionUID = 1L;
    }

    private static final class Content {

        private final boolean folder;
        private byte[] forced = new byte[0];

        Content(boolean folder) {
            this.folder = folder;
        }
    }

    private final Map<Path, Content> now = new HashMap<>();
    private final Map<Path, Content> forced = new HashMap<>();
    private long left;

    /**
     * @param operations until the power is lost
     */
    public ForgetfulDisk(long operations) {
        this.left = operations;
    }

    private void operate() {
        if (left <= 0) {
            throw new PowerLoss();
        }
        left--;
    }

    @Override
    public void create(Path file) throws IOException {
        operate();
        super.create(file);
        now.put(file, new Content(false));
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            operate();
            now.put(folder, new Content(true));
        }
        super.createFolder(folder);
    }

    @Override
    public void force(Path file) throws IOException {
        operate();
        now.get(file).forced = Files.readAllBytes(file);
    }

    @Override
    public void forceFolder(Path folder) {
        operate();
        forced.keySet().removeIf(file -> file.getParent().equals(folder));
        now.forEach((file, content) -> {
            if (file.getParent().equals(folder)) {
                forced.put(file, content);
            }
        });
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        operate();
        super.move(from, to);
        now.put(to, now.remove(from));
    }

    @Override
    public void delete(Path file) throws IOException {
        operate();
        super.delete(file);
        now.remove(file);
    }

    /** Writes what is there when the power is back. */
    public void restore(Path before, Path after, Random random) throws IOException {
        Map<Path, Content> left = new HashMap<>();
        Set<Path> all = new HashSet<>(now.keySet());
        all.addAll(forced.keySet());
        for (Path file : all) {
            Content content = (random.nextBoolean() ? now : forced).get(file);
            if (content != null) {
                left.put(file, content);
            }
        }
        for (Map.Entry<Path, Content> file : left.entrySet()) {
            Path path = after.resolve(before.relativize(file.getKey()));
            boolean reached = file.getKey().getParent().equals(before) || left.containsKey(file.getKey().getParent());
            if (file.getValue().folder) {
                Files.createDirectories(path);
            } else if (reached) {
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue().forced);
            }
        }
    }
}
