package io.quarkiverse.openai.batch.runtime.job.files;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Files in memory. Those that were completed stay, whether or not a row names them. */
public final class MemoryFiles implements ChunkFiles {

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public FileDraft draft(String job, ChunkFile kind) {
        String id = kind.name(String.valueOf(count.incrementAndGet()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return new FileDraft() {

            @Override
            public WritableByteChannel channel() {
                return Channels.newChannel(out);
            }

            @Override
            public StoredFile keep(long bytes, String sha256) {
                files.put(id, out.toByteArray());
                return new StoredFile(id, bytes, sha256);
            }

            @Override
            public void close() {
                // what was not completed is nowhere
            }
        };
    }

    @Override
    public InputStream open(String job, StoredFile file) throws IOException {
        return new VerifiedInput(openAt(job, file, 0), file.sha256(), file.id());
    }

    @Override
    public InputStream openAt(String job, StoredFile file, long offset) throws IOException {
        byte[] bytes = files.get(file.id());
        if (bytes == null || bytes.length != file.bytes()) {
            throw new DamagedFileException(file.id());
        }
        return new ByteArrayInputStream(bytes, (int) offset, bytes.length);
    }

    @Override
    public LocalFile local(String job, StoredFile file) throws IOException {
        Path copy = Files.write(Files.createTempFile("copy", null), openAt(job, file, 0).readAllBytes());
        return new LocalFile() {

            @Override
            public Path path() {
                return copy;
            }

            @Override
            public void close() throws IOException {
                Files.delete(copy);
            }
        };
    }

    /** Changes one bit. */
    public void damage(StoredFile file, int at) {
        files.computeIfPresent(file.id(), (id, bytes) -> {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 1;
            return damaged;
        });
    }

    /** Null if it is gone. */
    public void put(StoredFile file, byte[] bytes) {
        if (bytes == null) {
            files.remove(file.id());
        } else {
            files.put(file.id(), bytes);
        }
    }

    public Set<String> names() {
        return files.keySet();
    }

    public byte[] bytes(StoredFile file) {
        return files.get(file.id());
    }
}
