package io.quarkiverse.openai.batch.runtime.job.engine;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobStore;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.Task;
import io.quarkiverse.openai.batch.runtime.job.store.Trouble;

/**
 * The failures in a row of all tasks: those of a chunk in its row, the others in the row of the account. What cannot be stored,
 * since the disk is full, is known until the process ends.
 */
public final class Troubles {

    private static final Logger LOG = Logger.getLogger(Troubles.class);

    private final JobStore store;
    private final Map<Task, Trouble> unstored = new ConcurrentHashMap<>();

    public Troubles(JobStore store) {
        this.store = store;
    }

    /** Null if the task did not fail last. */
    Trouble of(Task task) {
        Trouble known = unstored.get(task);
        return known != null ? known : task.chunk() == 0 ? ofAccount(task) : ofChunk(task);
    }

    private Trouble ofChunk(Task task) {
        return store.chunk(task.job(), task.chunk()).map(chunk -> chunk.waiting().trouble()).orElse(null);
    }

    private Trouble ofAccount(Task task) {
        return account(task).map(name -> store.account(name).troubles().get(key(task))).orElse(null);
    }

    private static String key(Task task) {
        return task.kind() + " " + task.job();
    }

    private Optional<String> account(Task task) {
        return switch (task.kind()) {
            case ADMIT -> Optional.of(task.job());
            case WATCH ->
                store.unended().stream().filter(job -> job.client().equals(task.job())).map(JobRow::account).findFirst();
            default -> store.job(task.job()).map(JobRow::account);
        };
    }

    /** The task has succeeded. If its failures lasted, people knew of them, and the end is logged. */
    void end(Task task) {
        Trouble before = of(task);
        if (before == null) {
            return;
        }
        if (before.lasts()) {
            LOG.infof("%s works again; it had failed %d times since %s", task.description(), before.times(), before.since());
        }
        store(task, null);
    }

    /** The failures of a task count no more, whether it works or not. */
    void forget(Task task) {
        if (of(task) != null) {
            store(task, null);
        }
    }

    /**
     * @param trouble null for none
     */
    void store(Task task, Trouble trouble) {
        unstored.remove(task);
        try {
            if (task.chunk() > 0) {
                store.change(task.job(), task.chunk(), row -> row.with(row.waiting().withTrouble(trouble)));
            } else {
                account(task).ifPresent(name -> store.changeAccount(name, row -> row.withTrouble(key(task), trouble)));
            }
        } catch (StaleRowException gone) {
            LOG.debugf("The failures of %s are not stored: %s", task, gone.getMessage());
        } catch (UncheckedIOException e) {
            LOG.debugf("The failures of %s are not stored: %s", task, e.getMessage());
            if (trouble != null) {
                unstored.put(task, trouble);
            }
        }
    }

    /** Earlier failures of a job and of its client, and learned limits of its account, count no more. */
    public void forget(JobRow job) {
        store.changeAccount(job.account(), AccountRow::withoutLimits);
        Stream.concat(Stream.of(Task.spool(job.name()), Task.finish(job.name()), Task.watch(job.client()),
                Task.admit(job.account())), store.chunks(job.name()).stream().map(Task::advance))
                .forEach(this::forget);
    }

    /** What a job waits for, since it has failed for a while; empty if nothing has. */
    Optional<String> describe(JobRow job, Iterable<ChunkRow> chunks) {
        return describe(job, chunks, Trouble::lasts);
    }

    /** What has failed and is tried again; empty if nothing has. */
    Optional<String> latest(JobRow job, Iterable<ChunkRow> chunks) {
        return describe(job, chunks, trouble -> true);
    }

    private Optional<String> describe(JobRow job, Iterable<ChunkRow> chunks, Predicate<Trouble> which) {
        AccountRow account = store.account(job.account());
        Stream.Builder<Optional<String>> all = Stream.builder();
        all.add(describe(Task.spool(job.name()), "Reading its source", account, which));
        for (ChunkRow chunk : chunks) {
            if (chunk.waiting().trouble() != null || unstored.containsKey(Task.advance(chunk))) {
                all.add(describe(of(Task.advance(chunk)), "Chunk " + chunk.number(), which));
            }
        }
        all.add(describe(Task.watch(job.client()), "Looking at its batches", account, which));
        all.add(describe(Task.admit(job.account()), "Finding room for its batches", account, which));
        all.add(describe(Task.finish(job.name()), "Ending it", account, which));
        return all.build().flatMap(Optional::stream).findFirst();
    }

    private Optional<String> describe(Task task, String what, AccountRow account, Predicate<Trouble> which) {
        return describe(unstored.getOrDefault(task, account.troubles().get(key(task))), what, which);
    }

    private static Optional<String> describe(Trouble known, String what, Predicate<Trouble> which) {
        return Optional.ofNullable(known).filter(which)
                .map(trouble -> "%s has failed %d times since %s, and is tried again at %s: %s".formatted(what, trouble.times(),
                        trouble.since(), trouble.next(), trouble.what()));
    }
}
