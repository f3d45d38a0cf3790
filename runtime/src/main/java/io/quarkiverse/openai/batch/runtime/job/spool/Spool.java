package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.jsonl.BatchRequest;
import io.quarkiverse.openai.batch.jsonl.CustomIds;
import io.quarkiverse.openai.batch.jsonl.RequestFacts;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.runtime.job.setup.JobSettings;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Step: reads the source of a job, and stores its lines in chunks by model and limits. How lines fall into chunks depends on
 * the lines alone; so after a restart the source is read again from its start, and the chunks that are stored already are
 * checked by their digests rather than stored again.
 */
public final class Spool {

    private static final int OPEN_MODELS = 16;
    private static final TokenEstimator TOKENS = TokenEstimator.ruleOfThumb();

    private final JobStore store;
    private final JobDirectory directory;
    private final Consumer<ChunkRow> onChunk;

    /**
     * @param onChunk takes each chunk on its way
     */
    public Spool(JobStore store, JobDirectory directory, Consumer<ChunkRow> onChunk) {
        this.store = store;
        this.directory = directory;
        this.onChunk = onChunk;
    }

    /**
     * Reads the source to its end, or until it is to stop.
     *
     * @throws SourceException if the source fails, has something that cannot be sent, or changed since it was read before
     */
    public void run(JobRow job, JobSettings settings, JobSource source, BooleanSupplier stop) throws IOException {
        try (Run run = new Run(job, settings.forEndpoint(job.endpoint())); Stream<BatchRequest> lines = open(source)) {
            Iterator<BatchRequest> requests = lines.iterator();
            for (byte[] line = next(requests, run); line != null; line = next(requests, run)) {
                if (stop.getAsBoolean()) {
                    return;
                }
                run.add(line);
            }
            run.end();
        }
    }

    private static Stream<BatchRequest> open(JobSource source) {
        try {
            return Objects.requireNonNull(source.open(), "no stream");
        } catch (SourceException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    /** Null at the end. What fails here is the application's own. */
    private static byte[] next(Iterator<BatchRequest> requests, Run run) {
        try {
            return requests.hasNext() ? run.encode(requests.next()) : null;
        } catch (SourceException e) {
            throw e;
        } catch (RuntimeException e) {
            throw failed(e);
        }
    }

    private static SourceException failed(RuntimeException e) {
        return new SourceException(
                "its source failed with a %s. Submit it again to go on".formatted(e.getClass().getSimpleName()),
                e);
    }

    private final class Run implements AutoCloseable {

        private final String job;
        private final JobSettings settings;
        private final int canary;
        private final List<ChunkRow> stored;
        private final CustomIds ids = new CustomIds();
        private final Map<String, ChunkDraft> drafts = new LinkedHashMap<>();
        private String customId;
        private long lines;
        private int chunks;

        Run(JobRow job, JobSettings settings) {
            this.job = job.name();
            this.settings = settings;
            this.canary = job.terms().guard().canary();
            this.stored = store.chunks(this.job).stream().filter(ChunkRow::isOfSource).toList();
        }

        byte[] encode(BatchRequest request) {
            lines++;
            customId = request.customId();
            if (!ids.add(customId)) {
                throw new SourceException(
                        "line %d of the source has the custom_id \"%s\" of an earlier line; ids must be unique"
                                .formatted(lines, SafeText.of(customId, 64)),
                        null);
            }
            byte[] line = request.toLine();
            if (settings.limits().bytes() > 0 && line.length > settings.limits().bytes()) {
                throw new SourceException("line %d of the source has %d bytes, a file can have %d"
                        .formatted(lines, line.length, settings.limits().bytes()), null);
            }
            return line;
        }

        /** The line that was encoded last. */
        void add(byte[] line) throws IOException {
            RequestFacts facts = RequestFacts.of(line, TOKENS);
            draft(line, facts).add(customId, line, facts);
        }

        private ChunkDraft draft(byte[] line, RequestFacts facts) throws IOException {
            ChunkDraft draft = drafts.get(facts.model());
            boolean canaryIsFull = draft != null && chunks == 0 && draft.lines() == canary && canary > 0;
            if (canaryIsFull || draft != null && draft.isFullFor(line, facts, settings)) {
                store(drafts.remove(facts.model()));
                draft = null;
            }
            if (draft == null) {
                if (drafts.size() == OPEN_MODELS) {
                    String oldest = drafts.keySet().iterator().next();
                    store(drafts.remove(oldest));
                }
                draft = new ChunkDraft(directory, job, facts.model());
                drafts.put(facts.model(), draft);
            }
            return draft;
        }

        private void store(ChunkDraft draft) throws IOException {
            try (draft) {
                ChunkRow.Input input = draft.finish(1, 0);
                chunks++;
                if (chunks <= stored.size()) {
                    check(input, stored.get(chunks - 1));
                } else {
                    JobRow row = store.change(job, JobRow::withChunk);
                    draft.moveTo(row.chunks());
                    onChunk.accept(store.insert(ChunkRow.spooled(job, row.chunks(), input)));
                }
            }
        }

        private void check(ChunkRow.Input input, ChunkRow before) {
            if (!input.sha256().equals(before.input().sha256())) {
                throw new SourceException("its source has other lines than when it was read before: those of chunk %d differ. "
                        .formatted(before.number()) + "Submit it with the same lines, or a new job with another name", null);
            }
        }

        void end() throws IOException {
            for (ChunkDraft draft : List.copyOf(drafts.values())) {
                store(draft);
            }
            drafts.clear();
            if (chunks < stored.size()) {
                throw new SourceException("its source has fewer lines than when it was read before. "
                        + "Submit it with the same lines, or a new job with another name", null);
            }
            store.change(job, JobRow::withSpooled);
        }

        @Override
        public void close() throws IOException {
            for (ChunkDraft draft : drafts.values()) {
                draft.close();
            }
        }
    }
}
