package io.quarkiverse.openai.batch.runtime.job.database;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jboss.logging.Logger;

import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.ChunkRow;
import io.quarkiverse.openai.batch.runtime.job.store.JobRow;
import io.quarkiverse.openai.batch.runtime.job.store.LookRow;
import io.quarkiverse.openai.batch.runtime.job.store.RowFormat;
import io.quarkiverse.openai.batch.runtime.job.store.RowFormat.UnreadableRowException;
import io.quarkiverse.openai.batch.runtime.job.store.StoredJob;

/**
 * The rows that this process knows: those of jobs that have not ended, and of others for a minute after they were asked for.
 * One statement brings what all processes have written since the last one. It is not synchronized.
 */
final class RowCache {

    private static final Logger LOG = Logger.getLogger(RowCache.class);

    /** Ended jobs are known for as long as their batches count for the limit of an hour. */
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration UNUSED = Duration.ofMinutes(1);
    /** Times of other processes may be a little ahead. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private static final String HORIZON = "pg_snapshot_xmin(pg_current_snapshot())::text";
    private static final String UNENDED = "SELECT name, \"row\"::text FROM openai_batch_jobs WHERE namespace = ? "
            + "AND \"row\" IS NOT NULL AND (ended_at IS NULL OR NOT announced) UNION ALL SELECT name, \"row\"::text "
            + "FROM openai_batch_jobs WHERE namespace = ? AND \"row\" IS NOT NULL AND announced AND ended_at > ?";
    private static final String SERVER = "pg_postmaster_start_time()::text";
    private static final String CHANGES = "SELECT 'horizon' AS kind, " + SERVER + " AS name, 0 AS number, 0 AS version, "
            + HORIZON
            + " AS content UNION ALL SELECT 'job', name, 0, version, \"row\"::text FROM openai_batch_jobs "
            + "WHERE namespace = ? AND written >= ? UNION ALL SELECT kind, name, 0, version, \"row\"::text "
            + "FROM openai_batch_learned WHERE namespace = ? AND written >= ? UNION ALL SELECT 'chunk', job, number, version, "
            + "\"row\"::text FROM openai_batch_chunks WHERE namespace = ? AND written >= ?";

    private final Database database;
    private final InstantSource clock;
    private final Map<String, Known> jobs = new HashMap<>();
    private final Map<String, AccountRow> accounts = new HashMap<>();
    private final Map<String, LookRow> looks = new HashMap<>();
    /** Why, by what each is the row of. */
    private final Map<String, UnreadableRowException> unreadable = new ConcurrentHashMap<>();
    private long horizon;
    private String server;

    /** A job, and when it was last asked for. */
    private static final class Known {

        private final StoredJob job;
        private Instant usedAt;

        Known(StoredJob job, Instant usedAt) {
            this.job = job;
            this.usedAt = usedAt;
        }
    }

    private record Change(String kind, String name, int number, long version, String content) {

        static Change of(ResultSet row) throws SQLException {
            return new Change(row.getString(1), row.getString(2), row.getInt(3), row.getLong(4), row.getString(5));
        }
    }

    RowCache(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Reads all rows of jobs that have not ended. */
    void load() {
        jobs.clear();
        accounts.clear();
        looks.clear();
        server = database.run(connection -> {
            String current = Sql.first(connection, "SELECT " + HORIZON + ", " + SERVER, row -> {
                horizon = Long.parseLong(row.getString(1));
                return row.getString(2);
            }).orElseThrow();
            Sql.list(connection, UNENDED, row -> parse("job " + row.getString(1), row.getString(2), JobRow.class),
                    database.namespace(), database.namespace(), clock.instant().minus(KEPT))
                    .forEach(row -> row.ifPresent(this::put));
            Sql.list(connection, "SELECT kind, name, 0, version, \"row\"::text FROM openai_batch_learned WHERE namespace = ?",
                    Change::of, database.namespace()).forEach(this::learned);
            for (Known known : jobs.values()) {
                readChunks(connection, known.job);
            }
            return current;
        });
    }

    /**
     * Reads what was written since; or all, if the server was started again, which may have lost what was written last. Returns
     * the jobs of which something was not known.
     */
    Set<String> refresh() {
        List<Change> changes = database.run(connection -> Sql.list(connection, CHANGES, Change::of, database.namespace(),
                horizon, database.namespace(), horizon, database.namespace(), horizon));
        Change now = changes.stream().filter(change -> change.kind.equals("horizon")).findFirst().orElseThrow();
        Set<String> changed = new HashSet<>();
        if (!now.name.equals(server)) {
            changed.addAll(jobs.keySet());
            load();
            changed.addAll(jobs.keySet());
            return changed;
        }
        changes.stream().filter(change -> change.kind.equals("job") && job(change)).forEach(change -> changed.add(change.name));
        changes.stream().filter(change -> change.kind.equals("chunk") && chunk(change))
                .forEach(change -> changed.add(change.name));
        changes.forEach(this::learned);
        horizon = Long.parseLong(now.content);
        Instant time = clock.instant();
        jobs.values().removeIf(known -> !isKept(known.job.row(), time) && known.usedAt.plus(UNUSED).isBefore(time));
        return changed;
    }

    private boolean job(Change change) {
        Known known = jobs.get(change.name);
        if (change.content == null) {
            return jobs.remove(change.name) != null;
        }
        if (known != null && known.job.row().version() == change.version) {
            return false;
        }
        Optional<JobRow> row = parse("job " + change.name, change.content, JobRow.class);
        if (row.isEmpty() || known == null && !isKept(row.get(), clock.instant())) {
            return false;
        }
        if (known == null || !known.job.isReadable() || isBegunAgain(known.job.row(), row.get())) {
            database.run(connection -> readJob(connection, row.get()));
        } else {
            known.job.put(row.get());
        }
        return true;
    }

    /** Whether a job has other chunks than before, whose versions say nothing about those. */
    private static boolean isBegunAgain(JobRow before, JobRow now) {
        return !before.createdAt().equals(now.createdAt()) || !before.terms().version().equals(now.terms().version())
                || before.reading().replaced() && !now.reading().replaced() || before.chunks() > now.chunks();
    }

    private boolean chunk(Change change) {
        Known known = jobs.get(change.name);
        ChunkRow before = known == null ? null : known.job.chunk(change.number);
        if (known == null || before != null && before.version() == change.version) {
            return false;
        }
        put(known.job, change.number, change.content);
        return true;
    }

    private void learned(Change change) {
        if (change.kind.equals("account") && account(change.name).version() < change.version) {
            parse("account " + change.name, change.content, AccountRow.class)
                    .ifPresent(row -> accounts.put(row.account(), row));
        } else if (change.kind.equals("look") && look(change.name).version() < change.version) {
            parse("look of " + change.name, change.content, LookRow.class).ifPresent(row -> looks.put(row.client(), row));
        }
    }

    /** Whether a job may have something to do, or counts for limits. */
    private static boolean isKept(JobRow job, Instant now) {
        return !job.state().isTerminal() || !job.announced() || job.endedAt().isAfter(now.minus(KEPT));
    }

    /** Null if there is none. */
    StoredJob find(String name) {
        Known known = jobs.get(name);
        if (known == null) {
            database.run(connection -> {
                Optional<JobRow> row = Sql.first(connection, "SELECT \"row\"::text FROM openai_batch_jobs WHERE namespace = ? "
                        + "AND name = ?", json -> json.getString(1), database.namespace(), name)
                        .flatMap(json -> parse("job " + name, json, JobRow.class));
                return row.isPresent() ? readJob(connection, row.get()) : null;
            });
            known = jobs.get(name);
        }
        if (known == null) {
            return null;
        }
        known.usedAt = clock.instant();
        return known.job;
    }

    /** Those that have not ended, or ended less than an hour ago. */
    Stream<StoredJob> kept() {
        Instant now = clock.instant();
        return jobs.values().stream().map(known -> known.job).filter(job -> isKept(job.row(), now));
    }

    private StoredJob readJob(Connection connection, JobRow row) throws SQLException {
        StoredJob job = put(row);
        readChunks(connection, job);
        return job;
    }

    private StoredJob put(JobRow row) {
        StoredJob job = new StoredJob(row);
        jobs.put(row.name(), new Known(job, clock.instant()));
        return job;
    }

    private void readChunks(Connection connection, StoredJob job) throws SQLException {
        Sql.list(connection, "SELECT number, \"row\"::text FROM openai_batch_chunks WHERE namespace = ? AND job = ? "
                + "ORDER BY number", row -> {
                    put(job, row.getInt(1), row.getString(2));
                    return 0;
                }, database.namespace(), job.row().name());
    }

    private void put(StoredJob job, int number, String json) {
        String what = "chunk %d of job %s".formatted(number, job.row().name());
        parse(what, json, ChunkRow.class).ifPresentOrElse(job::put,
                () -> job.setAside("The row of %s %s".formatted(what, unreadable.get(what).getMessage())));
    }

    /** Whether a row of a job was written by a later version, which has to run it. */
    boolean isJobOfLaterVersion(String job) {
        return unreadable.entrySet().stream().anyMatch(row -> row.getValue().isOfLaterVersion()
                && (row.getKey().equals("job " + job) || row.getKey().endsWith(" of job " + job)));
    }

    boolean isUnreadable(String what) {
        return unreadable.containsKey(what);
    }

    /** Empty if it cannot be read; then it is left alone. */
    <T> Optional<T> parse(String what, String json, Class<T> type) {
        try {
            T row = RowFormat.read(json.getBytes(StandardCharsets.UTF_8), type, clock.instant().plus(AHEAD));
            unreadable.remove(what);
            return Optional.of(row);
        } catch (UnreadableRowException e) {
            if (unreadable.put(what, e) == null) {
                LOG.errorf("The row of %s %s", what, e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** One that was submitted in a transaction, and may have been changed since that has committed. */
    void inserted(JobRow row) {
        Known known = jobs.get(row.name());
        if (known == null || known.job.row().version() < row.version()) {
            put(row);
        }
    }

    void written(JobRow row) {
        Known known = jobs.get(row.name());
        if (known == null) {
            put(row);
        } else {
            known.job.put(row);
        }
    }

    void forget(String job) {
        jobs.remove(job);
    }

    AccountRow account(String name) {
        return accounts.getOrDefault(name, AccountRow.of(name));
    }

    void written(AccountRow row) {
        accounts.put(row.account(), row);
    }

    LookRow look(String client) {
        return looks.getOrDefault(client, LookRow.of(client));
    }

    void written(LookRow row) {
        looks.put(row.client(), row);
    }
}
