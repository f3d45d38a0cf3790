package io.quarkiverse.openai.batch.runtime.job.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Set;

import io.quarkiverse.openai.batch.runtime.job.files.Epoch.Write;

/** A draft on disk, which has its name from the beginning. The file is open only while it is written. */
public final class DiskDraft implements FileDraft, WritableByteChannel {

    private final Disk disk;
    private final Epoch epoch;
    private final Path file;
    private final Set<Path> drafts;
    private boolean open = true;

    /**
     * @param drafts files that no row names yet
     */
    public DiskDraft(Disk disk, Epoch epoch, Path file, Set<Path> drafts) throws IOException {
        this.disk = disk;
        this.epoch = epoch;
        this.file = file;
        this.drafts = drafts;
        disk.create(file);
        drafts.add(file);
    }

    @Override
    public WritableByteChannel channel() {
        return this;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        try (Write write = epoch.write()) {
            int length = bytes.remaining();
            disk.append(file, bytes);
            return length;
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public StoredFile keep(long bytes, String sha256) throws IOException {
        try (Write write = epoch.write()) {
            disk.force(file);
            disk.forceFolder(file.getParent());
            return new StoredFile(file.getFileName().toString(), bytes, sha256);
        }
    }

    @Override
    public void close() throws IOException {
        open = false;
        if (drafts.remove(file)) {
            try (Write write = epoch.write()) {
                disk.delete(file);
            }
        }
    }
}
