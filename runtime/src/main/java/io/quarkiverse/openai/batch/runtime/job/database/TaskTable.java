package io.quarkiverse.openai.batch.runtime.job.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.openai.batch.runtime.job.store.Task;

/**
 * The tasks of a queue in a table of db-scheduler, and their wakes. A task is a row while it is queued or runs. What is wanted
 * again while
 * it
 * runs is a wake, which whoever completes the task finds, or whoever looks for wakes once a second; so it is never lost, and no
 * transaction of a caller locks the row of a task.
 */
final class TaskTable {

    private static final String KEY = " WHERE task_name = ? AND task_instance = ?";

    private final String name;
    private final String queue;
    private final String namespace;
    private final String tasks;

    /**
     * @param name of the table
     * @param queue tells queues of a table apart
     */
    TaskTable(String name, String queue, String namespace) {
        this.name = name;
        this.queue = queue;
        this.namespace = namespace;
        this.tasks = queue + "/" + namespace;
    }

    /** The name that db-scheduler has for its tasks. */
    String tasks() {
        return tasks;
    }

    String name() {
        return name;
    }

    static String id(Task task) {
        return task.kind() + "/" + task.chunk() + "/" + task.job();
    }

    /** Empty if it is of a kind that only a later version knows. */
    static Optional<Task> task(String id) {
        String[] parts = id.split("/", 3);
        return Stream.of(Task.Kind.values()).filter(kind -> kind.name().equals(parts[0])).findFirst()
                .map(kind -> new Task(kind, parts[2], Integer.parseInt(parts[1])));
    }

    /** Queues a task for this time, or an earlier one that it is queued for. A running one runs again. */
    void schedule(Connection connection, String id, Instant at) throws SQLException {
        int queued = Sql.update(connection, "INSERT INTO " + name
                + " AS task (task_name, task_instance, execution_time, picked, "
                + "version) VALUES (?, ?, ?, false, 1) ON CONFLICT (task_name, task_instance) DO UPDATE SET execution_time = "
                + "EXCLUDED.execution_time, version = task.version + 1 WHERE NOT task.picked "
                + "AND task.execution_time > EXCLUDED.execution_time", tasks, id, at);
        if (queued == 0 && Sql.first(connection, "SELECT 1 FROM " + name + KEY + " AND NOT picked AND execution_time <= ?",
                row -> 1, tasks, id, at).isEmpty()) {
            wake(connection, id, at);
            poke(connection, Optional.of(id));
        }
    }

    /** Queues those that are neither queued nor running. */
    void scheduleMissing(Connection connection, List<String> ids, Instant at) throws SQLException {
        Sql.update(connection, "INSERT INTO " + name + " (task_name, task_instance, execution_time, picked, version) "
                + "SELECT ?, id, ?, false, 1 FROM unnest(?) AS id ON CONFLICT DO NOTHING", tasks, at, ids);
    }

    /** Says that a task is wanted, also in a transaction of any length. */
    void wake(Connection connection, String id, Instant at) throws SQLException {
        Sql.update(connection, "INSERT INTO openai_batch_wakes (namespace, queue, task_instance, due) VALUES (?, ?, ?, ?)",
                namespace, queue, id, at);
    }

    /**
     * Queues what is wanted and does not run.
     *
     * @param one empty for all tasks
     * @return the number of wakes that are done with
     */
    int poke(Connection connection, Optional<String> one) throws SQLException {
        String which = one.isPresent() ? " AND task_instance = ?" : " AND task_instance >= ?";
        return Sql.update(connection, "WITH due AS (SELECT task_instance, min(due) AS due FROM openai_batch_wakes "
                + "WHERE namespace = ? AND queue = ?" + which + " GROUP BY task_instance), poked AS (UPDATE " + name
                + " AS task SET execution_time = least(task.execution_time, due.due), version = task.version + 1 FROM due "
                + "WHERE task.task_name = ? AND task.task_instance = due.task_instance AND NOT task.picked "
                + "RETURNING task.task_instance), made AS (INSERT INTO " + name + " (task_name, task_instance, execution_time, "
                + "picked, version) SELECT ?, task_instance, due, false, 1 FROM due ON CONFLICT DO NOTHING "
                + "RETURNING task_instance) DELETE FROM openai_batch_wakes AS wake USING (SELECT task_instance FROM poked "
                + "UNION SELECT task_instance FROM made) AS done WHERE wake.namespace = ? AND wake.queue = ? "
                + "AND wake.task_instance = done.task_instance", namespace, queue, one.orElse(""), tasks, tasks, namespace,
                queue);
    }

    /**
     * Ends a run of a task.
     *
     * @param version the row's when it was picked
     * @param again null for not again
     * @return whether the run was not taken over
     */
    boolean complete(Connection connection, String id, long version, Instant again) throws SQLException {
        int completed = again == null
                ? Sql.update(connection, "DELETE FROM " + name + KEY + " AND version = ?", tasks, id, version)
                : Sql.update(connection, "UPDATE " + name + " SET picked = false, picked_by = NULL, last_heartbeat = NULL, "
                        + "execution_time = ?, version = version + 1" + KEY + " AND version = ?", again, tasks, id,
                        version);
        if (completed == 1) {
            poke(connection, Optional.of(id));
        }
        return completed == 1;
    }

    /** Gives back what the scheduler has picked of other applications in the same table, which it cannot run. */
    int giveBack(Connection connection, String epoch, List<String> ours) throws SQLException {
        return Sql.update(connection, "UPDATE " + name + " SET picked = false, picked_by = NULL, last_heartbeat = NULL, "
                + "version = version + 1 WHERE picked AND picked_by = ? AND task_name <> ALL (?)", epoch, ours);
    }

    boolean has(Connection connection, String id) throws SQLException {
        return Sql.first(connection, "SELECT 1 FROM " + name + KEY + " UNION ALL SELECT 1 FROM openai_batch_wakes "
                + "WHERE namespace = ? AND queue = ? AND task_instance = ?", row -> 1, tasks, id, namespace, queue, id)
                .isPresent();
    }
}
