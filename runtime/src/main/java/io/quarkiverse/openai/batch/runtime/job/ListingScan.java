package io.quarkiverse.openai.batch.runtime.job;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.quarkiverse.openai.batch.ApiResult;
import io.quarkiverse.openai.batch.BatchService;
import io.quarkiverse.openai.batch.model.Batch;
import io.quarkiverse.openai.batch.model.BatchStatus;
import io.quarkiverse.openai.batch.model.ListBatchesResponse;
import io.quarkiverse.openai.batch.runtime.client.Page;
import io.quarkiverse.openai.batch.runtime.client.ServerClock;
import io.quarkiverse.openai.batch.runtime.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.store.ChunkState;

/**
 * One reading of the listing, newest first, a hundred batches a request. It ends when all watched batches were seen or the page
 * is older than the oldest of them; and when as many pages were read as batches are unseen, since asking for those singly costs
 * no more. Chunks whose batch is looked for keep it going until the page is older than their intent by ten minutes.
 */
final class ListingScan {

    private static final int PAGE_SIZE = 100;
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final BatchService batches;
    private final InstantSource clock;
    private final Instant startedAt;
    private final Set<String> unseen = new HashSet<>();
    private final Set<String> inputs = new HashSet<>();
    private final Instant oldestWatched;
    private final Instant oldestIntent;
    private final Map<String, Batch> byId = new HashMap<>();
    private final Map<String, List<Batch>> byInput = new HashMap<>();

    ListingScan(BatchService batches, List<ChunkRow> chunks, InstantSource clock) {
        this.batches = batches;
        this.clock = clock;
        this.startedAt = clock.instant();
        List<ChunkRow> watched = chunks.stream().filter(chunk -> chunk.state() == ChunkState.WATCHED).toList();
        watched.forEach(chunk -> unseen.add(chunk.remote().batchId()));
        chunks.forEach(chunk -> inputs.add(chunk.remote().fileId()));
        this.oldestWatched = watched.stream().map(chunk -> chunk.remote().createdAt()).filter(Objects::nonNull)
                .min(Instant::compareTo).orElse(Instant.MIN);
        this.oldestIntent = chunks.stream().filter(chunk -> chunk.state() == ChunkState.CREATING)
                .map(chunk -> chunk.remote().intentAt()).min(Instant::compareTo).orElse(null);
    }

    ListingScan run() {
        Set<String> cursors = new HashSet<>();
        String cursor = null;
        int pages = 0;
        boolean more = true;
        while (more) {
            ApiResult<ListBatchesResponse> answer = batches.listBatchesResult(cursor, PAGE_SIZE);
            Page<Batch> page = Page.of(answer.orElseThrow());
            page.items().forEach(this::note);
            pages++;
            cursor = page.next();
            more = cursor != null && cursors.add(cursor) && !isDone(page, pages, answer.headers());
        }
        return this;
    }

    private void note(Batch batch) {
        if (unseen.remove(batch.id())) {
            byId.put(batch.id(), batch);
        }
        boolean ran = batch.status() != BatchStatus.FAILED;
        if (ran && batch.inputFileId() != null && inputs.contains(batch.inputFileId())) {
            byInput.computeIfAbsent(batch.inputFileId(), input -> new ArrayList<>()).add(batch);
        }
    }

    private boolean isDone(Page<Batch> page, int pages, Map<String, List<String>> headers) {
        boolean watchedDone = unseen.isEmpty() || pages >= unseen.size() || isOlder(page, oldestWatched);
        return watchedDone && (oldestIntent == null
                || isOlder(page, ServerClock.of(headers, clock.instant()).at(oldestIntent).orElse(oldestIntent)
                        .minus(MARGIN)));
    }

    private static boolean isOlder(Page<Batch> page, Instant than) {
        return !page.items().isEmpty() && page.items().stream()
                .allMatch(batch -> batch.createdAt() != null && batch.createdAt().isBefore(than));
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Null if the batch was not seen. */
    Batch batch(String id) {
        return byId.get(id);
    }

    /** The batches of an input file, but for those that were refused and ran nothing. */
    List<Batch> batchesOf(String fileId) {
        return byInput.getOrDefault(fileId, List.of());
    }
}
