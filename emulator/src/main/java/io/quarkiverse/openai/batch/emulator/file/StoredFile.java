package io.quarkiverse.openai.batch.emulator.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A file and its bytes on disk. The bytes stay until the file is deleted and no batch reads them any more. */
public final class StoredFile {

    private final String id;
    private final long sequence;
    private final String name;
    private final String purpose;
    private final Instant createdAt;
    private final Instant expiresAt;
    private final Path path;
    private final AtomicInteger holders = new AtomicInteger(1);

    StoredFile(String id, long sequence, NewFile file) {
        this.id = id;
        this.sequence = sequence;
        this.name = file.name();
        this.purpose = file.purpose();
        this.createdAt = file.createdAt();
        this.expiresAt = file.expiresAt();
        this.path = file.path();
    }

    public String id() {
        return id;
    }

    long sequence() {
        return sequence;
    }

    public String purpose() {
        return purpose;
    }

    public Path path() {
        return path;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** Size in bytes; that of an output file grows while its batch runs. */
    public long bytes() {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean expired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** Keeps the bytes until {@link #release}, whatever happens to the file; false if they are gone already. */
    public boolean retain() {
        return holders.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
    }

    public void release() {
        if (holders.decrementAndGet() == 0) {
            FileStore.discard(path);
        }
    }

    /** The file as the API shows it. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("object", "file");
        json.put("bytes", bytes());
        json.put("created_at", createdAt.getEpochSecond());
        if (expiresAt == null) {
            json.putNull("expires_at");
        } else {
            json.put("expires_at", expiresAt.getEpochSecond());
        }
        json.put("filename", name);
        json.put("purpose", purpose);
        json.put("status", "processed");
        json.putNull("status_details");
        return json;
    }
}
