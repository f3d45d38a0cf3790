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
import io.quarkiverse.openai.batch.jsonl.JsonlException;
import io.quarkiverse.openai.batch.jsonl.LineLimits;
import io.quarkiverse.openai.batch.jsonl.Problem;
import io.quarkiverse.openai.batch.jsonl.RequestLines;
import io.quarkiverse.openai.batch.jsonl.Rule;
import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.jsonl.TokenEstimator;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;

/**
 * Step: reads the source of a job, checks its lines, and stores them in chunks by model and limits. The chunk of a line depends
 * on the lines alone. After a restart the source is read again from its start, and the digests of the chunks are compared with
 * those that are stored already.
 */
public final class Spool {

    private static final int LINES_BETWEEN_NOTES = 100;

    private final JobStore store;
    private final JobDirectory directory;
    private final Consumer<ChunkRow> onChunk;
    private final Sources sources;

    /**
     * @param sources is told how many lines were read
     * @param onChunk takes each chunk once it is stored
     */
    public Spool(JobStore store, JobDirectory directory, Sources sources, Consumer<ChunkRow> onChunk) {
        this.store = store;
        this.sources = sources;
        this.directory = directory;
        this.onChunk = onChunk;
    }

    /**
     * Reads the source to its end, or until it is to stop.
     *
     * @param limits of chunks, if the source was not read before; what was begun is cut as it was begun
     * @throws SourceException if the source fails, has a line that breaks a rule, or changed since it was read before
     */
    public void run(JobRow job, LineLimits limits, JobSource source, BooleanSupplier stop) throws IOException {
        JobRow begun = store.change(job.name(), row -> row.withLimits(limits));
        try (Run run = new Run(begun); Stream<BatchRequest> lines = open(source)) {
            Iterator<BatchRequest> requests = lines.iterator();
            while (run.encodeNext(requests)) {
                if (stop.getAsBoolean()) {
                    return;
                }
                run.add();
            }
            run.end();
        } finally {
            sources.endReading(job.name());
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

    private static SourceException failed(RuntimeException e) {
        return new SourceException("its source failed with a %s. Submit it again to continue"
                .formatted(e.getClass().getSimpleName()), e);
    }

    private final class Run implements AutoCloseable {

        private final String job;
        private final RequestLines lines;
        private final int canary;
        private final List<ChunkRow> stored;
        private final Map<String, ChunkDraft> drafts = new LinkedHashMap<>();
        private long number;
        private int chunks;
        private String endpoint;

        Run(JobRow job) {
            this.job = job.name();
            // each chunk has one model, whether or not the provider asks for that
            this.lines = new RequestLines(job.reading().limits().withOneModel(false), TokenEstimator.ruleOfThumb());
            this.canary = job.terms().guard().canary();
            this.stored = store.chunks(this.job).stream().filter(ChunkRow::isOfSource).toList();
        }

        /** False at the end. An exception here is the application's own. */
        boolean encodeNext(Iterator<BatchRequest> requests) {
            try {
                if (!requests.hasNext()) {
                    return false;
                }
                BatchRequest request = requests.next();
                number++;
                if (number % LINES_BETWEEN_NOTES == 0) {
                    sources.wereRead(job, number);
                }
                encode(request);
                return true;
            } catch (SourceException e) {
                throw e;
            } catch (RuntimeException e) {
                throw failed(e);
            }
        }

        private void encode(BatchRequest request) {
            try {
                lines.encode(request);
            } catch (JsonlException e) {
                throw new SourceException("line %d of its source is not sent: %s. Fix the line, then submit the job again"
                        .formatted(number, e.getMessage()), e);
            }
        }

        /** Adds the line that was encoded last. */
        void add() throws IOException {
            refuse(lines.check(null));
            if (endpoint == null) {
                endpoint = lines.endpoint();
                refuse(endpoint == null ? new Problem(null, number, Rule.URL, "url is missing, and the body has no type")
                        : null);
            }
            ChunkDraft draft = draft();
            Rule exceeded = draft.output().exceededLimit();
            if (exceeded != null && exceeded != Rule.TOKENS) {
                refuse(draft.output().problem(exceeded));
            }
            draft.add();
        }

        /**
         * @param problem null if there is none
         */
        private void refuse(Problem problem) {
            if (problem != null) {
                throw new SourceException(("line %d of its source, custom_id \"%s\", breaks the rule %s: %s; %s. "
                        + "Fix the line, then submit the job again").formatted(number, SafeText.of(lines.customId(), 64),
                                problem.rule(), problem.message(), problem.rule().fix()),
                        null);
            }
        }

        private ChunkDraft draft() throws IOException {
            ChunkDraft draft = drafts.get(lines.model());
            if (draft != null && isFull(draft.output())) {
                store(drafts.remove(lines.model()));
                draft = null;
            }
            if (draft == null) {
                draft = new ChunkDraft(directory, job, lines);
                drafts.put(lines.model(), draft);
            }
            return draft;
        }

        private boolean isFull(RequestLines.Output output) {
            boolean canaryIsFull = chunks == 0 && canary > 0 && output.lines() == canary;
            return canaryIsFull || output.exceededLimit() != null;
        }

        private void store(ChunkDraft draft) throws IOException {
            try (draft) {
                ChunkRow.Input input = draft.finish(1, 0);
                chunks++;
                if (chunks <= stored.size()) {
                    check(input, stored.get(chunks - 1));
                } else {
                    JobRow row = store.change(job, before -> before.withEndpoint(endpoint).withChunk());
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
            lines.close();
            IOException failure = null;
            for (ChunkDraft draft : drafts.values()) {
                try {
                    draft.close();
                } catch (IOException e) {
                    failure = e;
                }
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
