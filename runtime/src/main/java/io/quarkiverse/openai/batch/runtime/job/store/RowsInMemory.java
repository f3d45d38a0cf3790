package io.quarkiverse.openai.batch.runtime.job.store;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A store that reads the rows of jobs from memory, at least those of jobs that have not ended. */
public abstract class RowsInMemory implements JobStore {

    protected static final Comparator<JobRow> BY_AGE = Comparator.comparing(JobRow::createdAt).thenComparing(JobRow::name);

    private RowListener listener = RowListener.NONE;

    /** The rows of a job, as new as reads have to be. */
    protected abstract Optional<StoredJob> find(String name);

    /** The jobs that have not ended, or ended less than an hour ago. */
    protected abstract Stream<StoredJob> kept();

    /** Gets each row that this process writes. */
    protected final RowListener listener() {
        return listener;
    }

    /** A job whose rows may be written. */
    protected final StoredJob writable(String name) {
        StoredJob job = find(name).orElseThrow(() -> new StaleRowException("job " + name));
        job.requireReadable();
        return job;
    }

    @Override
    public final synchronized void onChange(RowListener further) {
        listener = listener.and(further);
    }

    @Override
    public final synchronized Optional<JobRow> job(String name) {
        return find(name).map(StoredJob::row);
    }

    @Override
    public final synchronized List<JobRow> recent() {
        return kept().map(StoredJob::row).sorted(BY_AGE).toList();
    }

    @Override
    public final synchronized List<JobRow> unended() {
        return recent().stream().filter(row -> !row.state().isTerminal() || !row.announced()).toList();
    }

    @Override
    public final synchronized Optional<ChunkRow> chunk(String job, int number) {
        return find(job).map(stored -> stored.chunk(number));
    }

    @Override
    public final synchronized List<ChunkRow> chunks(String job) {
        return find(job).map(stored -> List.copyOf(stored.chunks())).orElse(List.of());
    }

    @Override
    public final synchronized List<ChunkRow> chunks(String job, Set<ChunkState> states) {
        return find(job).map(stored -> stored.chunks(states).toList()).orElse(List.of());
    }

    @Override
    public final synchronized List<ChunkRow> childrenOf(ChunkRow parent) {
        return find(parent.job()).map(stored -> stored.childrenOf(parent.number())).orElse(List.of());
    }

    @Override
    public final synchronized List<ChunkRow> ofClient(String client, Set<ChunkState> states) {
        return chunks(job -> job.isUnderWay() && job.client().equals(client), states);
    }

    @Override
    public final synchronized List<ChunkRow> ofAccount(String account, Set<ChunkState> states) {
        return chunks(job -> job.account().equals(account), states);
    }

    private List<ChunkRow> chunks(Predicate<JobRow> which, Set<ChunkState> states) {
        return kept().filter(job -> which.test(job.row())).flatMap(job -> job.chunks(states)).toList();
    }
}
