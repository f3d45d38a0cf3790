package io.quarkiverse.openai.batch.runtime.job.store;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.job.JobState;

/** A job in memory, with its chunks, which are found by number, state and parent. */
public final class StoredJob {

    private JobRow row;
    private String damage;
    private final SortedMap<Integer, ChunkRow> chunks = new TreeMap<>();
    private final Map<ChunkState, SortedMap<Integer, ChunkRow>> byState = new EnumMap<>(ChunkState.class);
    private final Map<Integer, SortedMap<Integer, ChunkRow>> byParent = new HashMap<>();

    public StoredJob(JobRow row) {
        this.row = row;
    }

    /** A row of the job cannot be read: it is not changed, and appears as paused for that reason unless it has ended. */
    public void setAside(String why) {
        damage = damage == null ? why : damage;
    }

    public boolean isReadable() {
        return damage == null;
    }

    /**
     * @throws IllegalStateException if the job was set aside
     */
    public void requireReadable() {
        if (damage != null) {
            throw new IllegalStateException(damage);
        }
    }

    public JobRow row() {
        return damage == null ? row : row.in(row.state().isTerminal() ? row.state() : JobState.PAUSED, damage);
    }

    public void put(JobRow newRow) {
        row = newRow;
    }

    public void put(ChunkRow chunk) {
        ChunkRow before = chunks.put(chunk.number(), chunk);
        if (before != null) {
            byState.get(before.state()).remove(before.number());
        }
        byState.computeIfAbsent(chunk.state(), state -> new TreeMap<>()).put(chunk.number(), chunk);
        byParent.computeIfAbsent(chunk.input().parent(), parent -> new TreeMap<>()).put(chunk.number(), chunk);
    }

    /** Null if there is none. */
    public ChunkRow chunk(int number) {
        return chunks.get(number);
    }

    public Collection<ChunkRow> chunks() {
        return chunks.values();
    }

    /** In the order of the states, and in a state of the numbers. */
    public Stream<ChunkRow> chunks(Set<ChunkState> states) {
        return states.stream().map(byState::get).filter(in -> in != null).flatMap(in -> in.values().stream());
    }

    public List<ChunkRow> childrenOf(int parent) {
        return List.copyOf(byParent.getOrDefault(parent, new TreeMap<>()).values());
    }

    public void dropChunks() {
        chunks.clear();
        byState.clear();
        byParent.clear();
    }
}
