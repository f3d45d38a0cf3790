package io.quarkiverse.openai.batch.runtime.job.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.SafeText;

/**
 * Requests that were added to collectors one by one. A request waits until a job claims it; it is kept until the lines of that
 * job were read; and its custom id is known until the job is deleted.
 */
public interface CollectedRequests {

    /** A place without collectors. */
    CollectedRequests NONE = new CollectedRequests() {
        @Override
        public boolean add(Collector collector, Entry entry, boolean joins) {
            throw new IllegalStateException("There are no collectors");
        }

        @Override
        public Waiting waiting(Collector collector, long most) {
            return Waiting.NOTHING;
        }

        @Override
        public boolean claim(Collector collector, String job, long lines, long bytes) {
            return false;
        }

        @Override
        public List<String> unread(Collector collector) {
            return List.of();
        }

        @Override
        public void wereRead(String job) {
            // nothing was kept
        }

        @Override
        public boolean has(String job) {
            return false;
        }

        @Override
        public Stream<byte[]> lines(String job) {
            return Stream.empty();
        }

        @Override
        public Map<String, String> jobs(Collector collector, Collection<String> customIds) {
            return Map.of();
        }

        @Override
        public Set<Collector> open() {
            return Set.of();
        }
    };

    /**
     * Who collects.
     *
     * @param client that sends the jobs
     * @param endpoint of all requests, since a batch has one
     */
    record Collector(String name, String client, String endpoint) {
    }

    /**
     * A request.
     *
     * @param line as it is written to a file, without a newline
     * @param digest of the line, which tells other requests of the same id
     */
    record Entry(String customId, byte[] line, String digest, Instant addedAt) {

        /** What is left of it once its line was read. */
        public Entry withoutLine() {
            return new Entry(customId, new byte[0], digest, addedAt);
        }

        /** There is another one of its id. */
        public IllegalArgumentException isAnother(Collector collector) {
            return new IllegalArgumentException(("Collector \"%s\" has another request of the custom id %s. Give a different "
                    + "request an id of its own").formatted(collector.name(), SafeText.of(customId)));
        }

        /** Without the line, which has what is asked. */
        @Override
        public String toString() {
            return "Entry[" + customId + "]";
        }
    }

    /**
     * The requests that are in no job.
     *
     * @param oldest when the first of them was added; null if there is none
     */
    record Waiting(long lines, long bytes, Instant oldest) {

        public static final Waiting NOTHING = new Waiting(0, 0, null);
    }

    /**
     * Stores a request, durably.
     *
     * @param joins whether it takes part in the transaction of the caller, if there is one
     * @return false if it was there
     * @throws IllegalArgumentException if there is another one of the same id
     */
    boolean add(Collector collector, Entry entry, boolean joins);

    /**
     * What is in no job.
     *
     * @param most how many requests are counted
     */
    Waiting waiting(Collector collector, long most);

    /**
     * Gives requests to a new job, the earliest first; those of transactions that have not ended are left.
     *
     * @param lines the most requests
     * @param bytes the most bytes, but one request
     * @return whether there was any
     */
    boolean claim(Collector collector, String job, long lines, long bytes);

    /** The jobs that have claimed requests of which the lines are kept. */
    List<String> unread(Collector collector);

    /** The lines of a job's requests are in its chunks, or needed no more. */
    void wereRead(String job);

    /** Whether the lines of a job are here. */
    boolean has(String job);

    /** The lines that a job has claimed, always in the same order. The stream must be closed. */
    Stream<byte[]> lines(String job);

    /** The jobs of these requests, by their custom ids; without those that are in no job. */
    Map<String, String> jobs(Collector collector, Collection<String> customIds);

    /** The collectors of which lines are kept. */
    Set<Collector> open();
}
