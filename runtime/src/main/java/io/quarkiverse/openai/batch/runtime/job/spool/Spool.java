package io.quarkiverse.openai.batch.runtime.job.spool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
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
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.Scratch;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode;
import io.quarkiverse.openai.batch.runtime.job.user.UserCode.Kind;
import io.quarkiverse.openai.batch.runtime.job.user.UserCodeException;

/**
 * Step: reads the source of a job, checks its lines, and stores them in chunks by model and limits. The chunk of a line depends
 * on the lines alone. After a restart the source is read again from its start, and the digests of the chunks are compared with
 * those that are stored already.
 */
public final class Spool {

    private static final int LINES_BETWEEN_NOTES = 100;

    private final JobStore store;
    private final ChunkFiles files;
    private final Scratch scratch;
    private final UserCode user;
    private final Consumer<ChunkRow> onChunk;
    private final Sources sources;
    private final Object storing = new Object();

    /**
     * @param sources takes the number of lines that were read
     * @param onChunk takes each chunk once it is stored
     */
    public Spool(JobStore store, ChunkFiles files, Scratch scratch, UserCode user, Sources sources,
            Consumer<ChunkRow> onChunk) {
        this.store = store;
        this.scratch = scratch;
        this.sources = sources;
        this.files = files;
        this.user = user;
        this.onChunk = onChunk;
    }

    /**
     * Reads the source to its end, or until it is to stop.
     *
     * @param limits of chunks, if the source was not read before; what was begun is cut as it was begun
     * @throws SourceException if the source fails in any way, has a line that breaks a rule, or has other lines than before
     * @throws CancellationException if the job is stopped meanwhile, or the process
     */
    public void run(JobRow job, LineLimits limits, JobSource source, BooleanSupplier stop) throws IOException {
        JobRow begun = store.change(job.name(), row -> row.withLimits(limits));
        try (Run run = new Run(begun)) {
            try (Lines lines = new Lines(job.name(), source)) {
                while (run.encodeNext(lines)) {
                    if (stop.getAsBoolean()) {
                        return;
                    }
                    run.add();
                }
            }
            run.end();
        } finally {
            sources.endReading(job.name());
        }
    }

    /**
     * The source of a stopped job counts as read, whether or not it is being read: whoever reads it stores nothing more of it.
     */
    public void abandon(String job) {
        synchronized (storing) {
            store.change(job, row -> row.isStopped() ? row.withSpooled() : row);
        }
    }

    private static JobRow requireSame(JobRow job) {
        if (job.isStopped() || job.reading().replaced()) {
            throw new CancellationException("The job was stopped, or submitted again");
        }
        return job;
    }

    /** A way to call the application's code. */
    private interface Border {

        <T> T call(Kind kind, String of, UserCode.Code<T> code) throws UserCodeException;
    }

    /** The lines of a source, whose code may do anything. */
    private final class Lines implements AutoCloseable {

        private final String job;
        private final Stream<BatchRequest> stream;
        private Iterator<BatchRequest> requests;

        Lines(String job, JobSource source) {
            this.job = job;
            this.stream = call(user::call, () -> Objects.requireNonNull(source.open(), "no stream"));
        }

        /** Passes the next line to the consumer. False at the end. */
        boolean next(Consumer<BatchRequest> consumer) {
            return call(user::call, () -> {
                requests = requests == null ? stream.iterator() : requests;
                boolean hasNext = requests.hasNext();
                if (hasNext) {
                    consumer.accept(requests.next());
                }
                return hasNext;
            });
        }

        private <T> T call(Border border, UserCode.Code<T> code) {
            try {
                return border.call(Kind.SOURCE, job, code);
            } catch (UserCodeException e) {
                throw e.getCause() instanceof SourceException known ? known
                        : new SourceException("its source failed with a %s. Submit it again to continue"
                                .formatted(e.getCause().getClass().getName()), e.getCause());
            }
        }

        @Override
        public void close() {
            call(user::finish, () -> {
                stream.close();
                return null;
            });
        }
    }

    private Path fileOfIds() {
        try {
            return scratch.newFile(".ids");
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
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
            this.lines = new RequestLines(job.reading().limits().withOneModel(false), TokenEstimator.ruleOfThumb(),
                    Spool.this::fileOfIds);
            this.canary = job.terms().guard().canary();
            this.stored = store.chunks(this.job).stream().filter(ChunkRow::isOfSource).toList();
        }

        /** Encodes the next line, which calls the application's code too. False at the end. */
        boolean encodeNext(Lines source) {
            return source.next(this::encode);
        }

        private void encode(BatchRequest request) {
            number++;
            if (number % LINES_BETWEEN_NOTES == 0) {
                sources.wereRead(job, number);
            }
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
                draft = new ChunkDraft(files, job, lines);
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
                    synchronized (storing) {
                        onChunk.accept(store.insert(draft.row(input), row -> requireSame(row).withEndpoint(endpoint)));
                    }
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
            store.change(job, row -> requireSame(row).withSpooled());
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
