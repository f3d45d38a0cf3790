package io.quarkiverse.openai.batch.runtime.job.batch;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.runtime.client.operation.Page;
import io.quarkiverse.openai.batch.runtime.client.operation.ServerClock;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkState;

/**
 * One reading of the listing, newest first, a hundred batches a request. It ends when all watched batches were seen or the page
 * is older than the oldest of them; and as soon as it costs less to retrieve the unseen ones one by one. Chunks whose batch is
 * looked for keep it going until the page is older than their intent by ten minutes.
 */
final class ListingScan {

    private static final int PAGE_SIZE = 100;

    private final BatchService.WithResponse batches;
    private final InstantSource clock;
    private final Instant startedAt;
    /** When they were created. */
    private final Map<String, Instant> unseen = new HashMap<>();
    private final Set<String> inputs = new HashSet<>();
    private final Instant oldestIntent;
    private final Map<String, Batch> byId = new HashMap<>();
    private final Map<String, List<Batch>> byInput = new HashMap<>();
    private Instant newest;
    private int pages;

    /**
     * @param chunks whose batches are watched or looked for
     * @param settled chunks whose batches have ended, but may turn out to have twins
     */
    ListingScan(BatchService batches, List<ChunkRow> chunks, List<ChunkRow> settled, InstantSource clock) {
        this.batches = batches.withResponse();
        this.clock = clock;
        this.startedAt = clock.instant();
        chunks.stream().filter(chunk -> chunk.state() == ChunkState.WATCHED)
                .forEach(chunk -> unseen.put(chunk.remote().batchId(), createdAt(chunk)));
        Stream.concat(chunks.stream(), settled.stream()).forEach(chunk -> inputs.add(chunk.remote().fileId()));
        this.oldestIntent = chunks.stream().filter(chunk -> chunk.state() == ChunkState.CREATING)
                .map(chunk -> chunk.remote().intentAt()).min(Instant::compareTo).orElse(null);
    }

    private static Instant createdAt(ChunkRow chunk) {
        return chunk.remote().createdAt() == null ? Instant.EPOCH : chunk.remote().createdAt();
    }

    ListingScan run() {
        Set<String> cursors = new HashSet<>();
        String cursor = null;
        boolean more = true;
        while (more) {
            ApiResult<ListBatchesResponse> answer = batches.listBatches(cursor, PAGE_SIZE);
            Page<Batch> page = Page.of(answer.orElseThrow());
            note(page.items());
            cursor = page.next();
            more = cursor != null && cursors.add(cursor)
                    && !isDone(page, ServerClock.of(answer.headers(), clock.instant()));
        }
        return this;
    }

    private void note(List<Batch> page) {
        page.forEach(this::note);
        newest = pages == 0 && !page.isEmpty() ? page.get(0).createdAt() : newest;
        pages++;
    }

    private void note(Batch batch) {
        if (unseen.remove(batch.id()) != null) {
            byId.put(batch.id(), batch);
        }
        boolean ran = batch.status() != BatchStatus.FAILED;
        if (ran && batch.inputFileId() != null && inputs.contains(batch.inputFileId())) {
            byInput.computeIfAbsent(batch.inputFileId(), input -> new ArrayList<>()).add(batch);
        }
    }

    private boolean isDone(Page<Batch> page, ServerClock server) {
        boolean watchedDone = unseen.isEmpty() || page.isOlderThan(Collections.min(unseen.values()))
                || oneByOneIsCheaper(page.items());
        return watchedDone && (oldestIntent == null || page.isOlderThan(oldestIntent, server));
    }

    /**
     * Whether there are fewer unseen batches than pages that were read, and than pages until the oldest of them, if the listing
     * stays as dense as until here.
     */
    private boolean oneByOneIsCheaper(List<Batch> page) {
        return pages >= unseen.size() && pagesLeft(page) >= unseen.size();
    }

    private double pagesLeft(List<Batch> page) {
        Instant reached = page.isEmpty() ? null : page.get(page.size() - 1).createdAt();
        Instant oldest = Collections.min(unseen.values());
        if (reached == null || newest == null || oldest.equals(Instant.EPOCH)) {
            return Double.POSITIVE_INFINITY;
        }
        double read = Duration.between(reached, newest).toMillis();
        return read <= 0 ? 0 : pages * Duration.between(oldest, reached).toMillis() / read;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Null if the batch was not seen. */
    Batch batch(String id) {
        return byId.get(id);
    }

    /** The batches of an input file, except those that were refused and ran nothing. */
    List<Batch> batchesOf(String fileId) {
        return byInput.getOrDefault(fileId, List.of());
    }
}
