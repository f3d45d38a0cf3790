package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.job.JobState;
import io.quarkiverse.openai.batch.runtime.job.store.RowFormat.UnreadableRowException;

/** A job in memory, with its chunks, which are found by number, state and parent. */
final class StoredJob {

    private static final Logger LOG = Logger.getLogger(StoredJob.class);

    private JobRow row;
    private String damage;
    private final SortedMap<Integer, ChunkRow> chunks = new TreeMap<>();
    private final Map<ChunkState, SortedMap<Integer, ChunkRow>> byState = new EnumMap<>(ChunkState.class);
    private final Map<Integer, SortedMap<Integer, ChunkRow>> byParent = new HashMap<>();

    StoredJob(JobRow row) {
        this.row = row;
    }

    /** Reads the rows of its chunks; if one cannot be read, the job is set aside. */
    static StoredJob load(JobRow row, JobDirectory directory, Instant now) {
        StoredJob job = new StoredJob(row);
        for (int number = 1; number <= row.chunks(); number++) {
            try {
                job.put(RowFormat.chunk(directory.row(row.name(), number), row.name(), now));
            } catch (UnreadableRowException e) {
                LOG.error(e.getMessage());
                job.setAside(e.getMessage());
            }
        }
        return job;
    }

    /** The names of the rows and files of its chunks. */
    Set<String> fileNames() {
        Set<String> names = new HashSet<>();
        for (ChunkRow chunk : chunks.values()) {
            names.add(JobDirectory.rowName(chunk.number()));
            chunk.files().values().forEach(file -> names.add(file.id()));
        }
        return names;
    }

    /** A row of the job cannot be read: it is not changed, and appears as paused for that reason unless it has ended. */
    private void setAside(String why) {
        damage = damage == null ? why : damage;
    }

    boolean isReadable() {
        return damage == null;
    }

    /**
     * @throws IllegalStateException if the job was set aside
     */
    void requireReadable() {
        if (damage != null) {
            throw new IllegalStateException(damage);
        }
    }

    JobRow row() {
        return damage == null ? row : row.in(row.state().isTerminal() ? row.state() : JobState.PAUSED, damage);
    }

    void put(JobRow newRow) {
        row = newRow;
    }

    void put(ChunkRow chunk) {
        ChunkRow before = chunks.put(chunk.number(), chunk);
        if (before != null) {
            byState.get(before.state()).remove(before.number());
        }
        byState.computeIfAbsent(chunk.state(), state -> new TreeMap<>()).put(chunk.number(), chunk);
        byParent.computeIfAbsent(chunk.input().parent(), parent -> new TreeMap<>()).put(chunk.number(), chunk);
    }

    /** Null if there is none. */
    ChunkRow chunk(int number) {
        return chunks.get(number);
    }

    Collection<ChunkRow> chunks() {
        return chunks.values();
    }

    /** In the order of the states, and in a state of the numbers. */
    Stream<ChunkRow> chunks(Set<ChunkState> states) {
        return states.stream().map(byState::get).filter(in -> in != null).flatMap(in -> in.values().stream());
    }

    List<ChunkRow> childrenOf(int parent) {
        return List.copyOf(byParent.getOrDefault(parent, new TreeMap<>()).values());
    }

    void dropChunks() {
        chunks.clear();
        byState.clear();
        byParent.clear();
    }
}
