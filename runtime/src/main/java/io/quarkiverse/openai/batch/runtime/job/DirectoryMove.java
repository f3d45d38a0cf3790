package io.quarkiverse.openai.batch.runtime.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.jsonl.SafeText;
import io.quarkiverse.openai.batch.runtime.job.database.DatasourceJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.DirectoryJobStore;
import io.quarkiverse.openai.batch.runtime.job.directory.JobDirectory;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFile;
import io.quarkiverse.openai.batch.runtime.job.files.ChunkFiles;
import io.quarkiverse.openai.batch.runtime.job.files.DamagedFileException;
import io.quarkiverse.openai.batch.runtime.job.files.DirectoryInUseException;
import io.quarkiverse.openai.batch.runtime.job.files.FileOutput;
import io.quarkiverse.openai.batch.runtime.job.files.StoredFile;
import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.StaleRowException;
import io.quarkiverse.openai.batch.runtime.job.store.SteadyClock;

/**
 * Moves the jobs of a directory into a database. A job is stored there with all that belongs to it in one transaction, and
 * deleted here after that. One that is in both, since the process was halted in between, is known by the time of its
 * submission, whatever has become of it there. The lock of the directory is held, so that nobody runs a job here meanwhile.
 */
public final class DirectoryMove {

    private static final Logger LOG = Logger.getLogger(DirectoryMove.class);

    private static final long PAUSE_MILLIS = 500;
    private static final int RENEWED_EVERY = 1_000;

    private final JobDirectory directory;
    private final DirectoryJobStore from;
    private final Target to;
    private final List<String> left = new ArrayList<>();
    private int jobs;
    private int requests;

    /**
     * Where jobs are moved.
     *
     * @param renew says that this process lives
     */
    public record Target(DatasourceJobStore store, ChunkFiles files, Runnable renew) {
    }

    /** Jobs were left, since there are others of their names. The message says what to do. */
    public static final class LeftException extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        private LeftException(String message) {
            super(message);
        }
    }

    private DirectoryMove(JobDirectory directory, SteadyClock clock, Target to) {
        this.directory = directory;
        this.from = new DirectoryJobStore(directory, clock);
        this.to = to;
    }

    /**
     * Waits while another process has the directory open.
     *
     * @throws LeftException if there is something of the same name; all others are moved
     */
    public static void run(Path root, SteadyClock clock, Target to) {
        if (!Files.isDirectory(root)) {
            LOG.warnf("There is no job directory %s, and so nothing to move", root);
            return;
        }
        try (JobDirectory directory = open(root, to)) {
            run(directory, clock, to);
        }
    }

    public static void run(JobDirectory directory, SteadyClock clock, Target to) {
        new DirectoryMove(directory, clock, to).run();
    }

    private static JobDirectory open(Path root, Target to) {
        boolean warned = false;
        while (true) {
            try {
                return JobDirectory.open(root);
            } catch (DirectoryInUseException e) {
                if (!warned) {
                    LOG.warnf("%s. This start waits until it is free, to move its jobs", e.getMessage());
                    warned = true;
                }
            }
            to.renew.run();
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("The start was interrupted while it waited for the job directory " + root, e);
            }
        }
    }

    private void run() {
        from.jobs().forEach(this::move);
        moveRequests();
        to.renew.run();
        LOG.infof("%d jobs, and %d requests that were in none, were moved from the directory %s to the datasource. Start "
                + "without jobs.move-directory from now on", jobs, requests, directory.of("").getParent());
        if (!left.isEmpty()) {
            throw new LeftException(String.join("; ", left) + ". Either delete what the datasource has of that name, and "
                    + "start again, or start with quarkus.openai-batch.jobs.store=directory until the job has ended and "
                    + "delete it there, or move its folder away to leave it. All others were moved");
        }
    }

    private void move(JobRow job) {
        try {
            // fails if it was set aside
            from.update(job);
        } catch (IllegalStateException setAside) {
            LOG.warnf("Job \"%s\" stays in the directory: %s", SafeText.of(job.name()), setAside.getMessage());
            return;
        }
        try {
            Optional<JobRow> there = to.store.job(job.name());
            if (there.isEmpty()) {
                copy(job);
            } else if (!there.get().createdAt().equals(job.createdAt())) {
                throw new StaleRowException("job " + job.name());
            }
            from.delete(job);
            jobs++;
            LOG.infof("Job \"%s\" was moved to the datasource: %s, %d chunks", SafeText.of(job.name()), job.state(),
                    job.chunks());
        } catch (StaleRowException | IllegalArgumentException exists) {
            left.add("Job \"%s\" in %s was not moved, since the datasource has another one of that name or of its requests"
                    .formatted(SafeText.of(job.name()), directory.of(job.name())));
        } catch (DamagedFileException e) {
            LOG.warnf("Job \"%s\" stays in the directory: %s", SafeText.of(job.name()), e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("Job \"%s\" cannot be moved: %s".formatted(SafeText.of(job.name()), e.getMessage()),
                    e);
        }
    }

    private void copy(JobRow job) throws IOException {
        List<ChunkRow> chunks = new ArrayList<>();
        for (ChunkRow chunk : from.chunks(job.name())) {
            Map<ChunkFile, StoredFile> files = new EnumMap<>(ChunkFile.class);
            for (Map.Entry<ChunkFile, StoredFile> file : chunk.files().entrySet()) {
                files.put(file.getKey(), copy(job.name(), file.getKey(), file.getValue()));
            }
            chunks.add(new ChunkRow(chunk.job(), chunk.number(), chunk.state(), chunk.input(), files, chunk.remote(),
                    chunk.waiting(), chunk.tally(), chunk.handed(), chunk.version()));
        }
        AccountRow learned = from.account(job.account());
        to.store.changeAccount(job.account(), row -> row.version() > 0 ? row
                : new AccountRow(row.account(), learned.tokens(), learned.bytes(), row.troubles(), row.version()));
        to.renew.run();
        to.store.insert(job, chunks, reader -> from.collected(job.name()::equals, reader));
    }

    /** A file that no row comes to name is deleted after a day. */
    private StoredFile copy(String job, ChunkFile kind, StoredFile file) throws IOException {
        to.renew.run();
        FileOutput out = FileOutput.of(to.files, job, kind);
        try (InputStream in = directory.open(job, file)) {
            in.transferTo(out);
            StoredFile copy = out.finish();
            if (copy.bytes() != file.bytes() || !copy.sha256().equals(file.sha256())) {
                throw new DamagedFileException(file.id() + " in " + directory.of(job));
            }
            return copy;
        } catch (IOException | RuntimeException e) {
            out.close();
            throw e;
        }
    }

    /** Those in no job, or claimed for one that was not submitted, wait in the database for another one. */
    private void moveRequests() {
        Predicate<String> free = job -> job == null || !Files.exists(directory.of(job));
        CollectedRequests there = to.store.collected();
        try {
            from.collected(free, (collector, entry) -> {
                if (entry.line().length > 0) {
                    there.add(collector, entry, false);
                    if (++requests % RENEWED_EVERY == 0) {
                        to.renew.run();
                    }
                }
            });
            from.deleteCollected(free);
        } catch (IllegalArgumentException exists) {
            left.add("Requests of collectors in the directory were not moved: " + exists.getMessage());
        }
    }
}
