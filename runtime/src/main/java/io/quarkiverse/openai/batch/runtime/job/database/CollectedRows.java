package io.quarkiverse.openai.batch.runtime.job.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.quarkiverse.openai.batch.runtime.job.store.CollectedRequests;

/** Requests that were added one by one, a row each. Any process may claim them. */
final class CollectedRows implements CollectedRequests {

    private static final int MOST_LINES_READ = 1_000;
    private static final int MOST_BYTES_READ = 4 << 20;

    private final Database database;
    private final Epochs epochs;

    CollectedRows(Database database, Epochs epochs) {
        this.database = database;
        this.epochs = epochs;
    }

    @Override
    public boolean add(Collector collector, Entry entry, boolean joins) {
        CallerTransaction caller = database.caller();
        if (!joins || !caller.isActive()) {
            return database.run(connection -> add(connection, collector, entry));
        }
        try {
            return caller.join(connection -> add(connection, collector, entry));
        } catch (SQLException e) {
            throw Database.failed(e);
        }
    }

    private boolean add(Connection connection, Collector collector, Entry entry) throws SQLException {
        int added = Sql.update(connection, "INSERT INTO openai_batch_collected (namespace, collector, client, endpoint, "
                + "custom_id, digest, added_at, bytes, line) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                database.namespace(), collector.name(), collector.client(), collector.endpoint(), entry.customId(),
                entry.digest(),
                entry.addedAt(), entry.line().length, entry.line());
        if (added == 0 && Sql.first(connection, "SELECT 1 FROM openai_batch_collected WHERE namespace = ? AND collector = ? "
                + "AND client = ? AND endpoint = ? AND custom_id = ? AND digest <> ?", row -> 1, database.namespace(),
                collector.name(),
                collector.client(), collector.endpoint(), entry.customId(), entry.digest()).isPresent()) {
            throw entry.isAnother(collector);
        }
        return added == 1;
    }

    /** In the transaction that stores their job, which was in another store. */
    void insert(Connection connection, String job, Consumer<BiConsumer<Collector, Entry>> requests) {
        requests.accept((collector, entry) -> {
            try {
                insert(connection, job, collector, entry);
            } catch (SQLException e) {
                throw Database.failed(e);
            }
        });
    }

    private void insert(Connection connection, String job, Collector collector, Entry entry) throws SQLException {
        boolean unread = entry.line().length > 0;
        int added = Sql.update(connection, "INSERT INTO openai_batch_collected (namespace, collector, client, endpoint, "
                + "custom_id, digest, added_at, bytes, line, job) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                database.namespace(), collector.name(), collector.client(), collector.endpoint(), entry.customId(),
                entry.digest(), entry.addedAt(), entry.line().length, unread ? entry.line() : null, job);
        if (added == 0 && unread) {
            // the job would read other lines than those that it may have sent
            throw entry.isAnother(collector);
        }
    }

    @Override
    public Waiting waiting(Collector collector, long most) {
        return database.run(connection -> Sql.first(connection, "SELECT count(*), coalesce(sum(bytes), 0), min(added_at) FROM "
                + "(SELECT bytes, added_at FROM openai_batch_collected WHERE namespace = ? AND collector = ? AND client = ? AND endpoint = ? "
                + "AND job IS NULL ORDER BY id LIMIT ?) AS waiting",
                row -> new Waiting(row.getLong(1), row.getLong(2),
                        row.getTimestamp(3) == null ? null : row.getTimestamp(3).toInstant()),
                database.namespace(), collector.name(), collector.client(), collector.endpoint(), most))
                .orElse(Waiting.NOTHING);
    }

    /** A process whose epoch has ended claims nothing; two that claim at once claim different ones. */
    @Override
    public boolean claim(Collector collector, String job, long lines, long bytes) {
        return database.transaction(connection -> {
            epochs.lock(connection);
            return Sql.update(connection, "UPDATE openai_batch_collected SET job = ? WHERE namespace = ? "
                    + "AND collector = ? AND client = ? AND endpoint = ? AND job IS NULL AND id IN (SELECT id FROM (SELECT id, sum(bytes) OVER (ORDER BY id) - bytes AS before FROM (SELECT id, bytes FROM openai_batch_collected "
                    + "WHERE namespace = ? AND collector = ? AND client = ? AND endpoint = ? AND job IS NULL ORDER BY id LIMIT ? "
                    + "FOR UPDATE SKIP LOCKED) AS free) AS summed WHERE before < ?)", job, database.namespace(),
                    collector.name(), collector.client(), collector.endpoint(), database.namespace(), collector.name(),
                    collector.client(), collector.endpoint(), lines,
                    bytes);
        }) > 0;
    }

    @Override
    public List<String> unread(Collector collector) {
        return database.run(connection -> Sql.list(connection, "SELECT DISTINCT job FROM openai_batch_collected "
                + "WHERE namespace = ? AND collector = ? AND client = ? AND endpoint = ? AND line IS NOT NULL AND job IS NOT NULL",
                row -> row.getString(1), database.namespace(), collector.name(), collector.client(), collector.endpoint()));
    }

    @Override
    public void wereRead(String job) {
        database.run(connection -> Sql.update(connection, "UPDATE openai_batch_collected SET line = NULL, bytes = 0 "
                + "WHERE namespace = ? AND job = ? AND line IS NOT NULL", database.namespace(), job));
    }

    /** In the transaction that deletes the job. */
    void delete(Connection connection, String job) throws SQLException {
        Sql.update(connection, "DELETE FROM openai_batch_collected WHERE namespace = ? AND job = ?", database.namespace(), job);
    }

    @Override
    public boolean has(String job) {
        return database.run(connection -> Sql.first(connection, "SELECT 1 FROM openai_batch_collected WHERE namespace = ? "
                + "AND job = ? AND line IS NOT NULL LIMIT 1", row -> 1, database.namespace(), job)).isPresent();
    }

    /** No connection is held while they are read. All were claimed at once, so that none comes before one that was read. */
    @Override
    public Stream<byte[]> lines(String job) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(new Lines(job),
                Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private record Line(long id, byte[] bytes) {
    }

    private final class Lines implements Iterator<byte[]> {

        private final String job;
        private final Queue<Line> read = new ArrayDeque<>();
        private long last = Long.MIN_VALUE;

        private Lines(String job) {
            this.job = job;
        }

        @Override
        public boolean hasNext() {
            if (read.isEmpty()) {
                read.addAll(database.run(connection -> Sql.list(connection, "SELECT id, line FROM (SELECT id, line, "
                        + "sum(bytes) OVER (ORDER BY id) - bytes AS before FROM (SELECT id, line, bytes "
                        + "FROM openai_batch_collected WHERE namespace = ? AND job = ? AND id > ? ORDER BY id LIMIT ?) AS next) "
                        + "AS summed WHERE before < ? AND line IS NOT NULL ORDER BY id",
                        row -> new Line(row.getLong(1), row.getBytes(2)), database.namespace(), job, last, MOST_LINES_READ,
                        MOST_BYTES_READ)));
            }
            return !read.isEmpty();
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Line line = read.remove();
            last = line.id();
            return line.bytes();
        }
    }

    @Override
    public Map<String, String> jobs(Collector collector, Collection<String> customIds) {
        Map<String, String> jobs = new HashMap<>();
        database.run(connection -> Sql.list(connection, "SELECT custom_id, job FROM openai_batch_collected WHERE namespace = ? "
                + "AND collector = ? AND client = ? AND endpoint = ? AND custom_id = ANY (?) AND job IS NOT NULL",
                row -> jobs.put(row.getString(1), row.getString(2)), database.namespace(), collector.name(),
                collector.client(), collector.endpoint(), customIds));
        return jobs;
    }

    @Override
    public Set<Collector> open() {
        return new HashSet<>(database.run(connection -> Sql.list(connection, "SELECT DISTINCT collector, client, endpoint "
                + "FROM openai_batch_collected WHERE namespace = ? AND line IS NOT NULL",
                row -> new Collector(row.getString(1), row.getString(2), row.getString(3)), database.namespace())));
    }
}
