package io.quarkiverse.openai.batch.runtime.job.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.quarkiverse.openai.batch.runtime.job.store.Task;

/** The tasks of the engine, those that call the application, and those that read sources, which any process may have to run. */
final class TaskTables {

    private final TaskTable engine;
    private final TaskTable calls;
    private final TaskTable sources;

    TaskTables(String namespace) {
        this.engine = new TaskTable("openai_batch_tasks", "engine", namespace);
        this.calls = new TaskTable("openai_batch_calls", "calls", namespace);
        this.sources = new TaskTable("openai_batch_calls", "sources", namespace);
    }

    TaskTable engine() {
        return engine;
    }

    TaskTable calls() {
        return calls;
    }

    TaskTable sources() {
        return sources;
    }

    private List<TaskTable> all() {
        return List.of(engine, calls, sources);
    }

    TaskTable of(Task task) {
        return task.kind() == Task.Kind.SPOOL ? sources : task.kind().isCallingUserCode() ? calls : engine;
    }

    /** Queues those that are neither queued nor running. */
    void scheduleMissing(Connection connection, List<Task> tasks, Instant at) throws SQLException {
        for (TaskTable table : all()) {
            List<String> ids = tasks.stream().filter(task -> of(task) == table).map(TaskTable::id).toList();
            if (!ids.isEmpty()) {
                table.scheduleMissing(connection, ids, at);
            }
        }
    }

    /** Queues what is wanted and does not run; returns how much that is. */
    int poke(Connection connection) throws SQLException {
        int poked = 0;
        for (TaskTable table : all()) {
            poked += table.poke(connection, Optional.empty());
        }
        return poked;
    }

    /** Gives back what the schedulers of a process have picked of other applications; returns how much that is. */
    int giveBack(Connection connection, String epoch) throws SQLException {
        List<String> ours = all().stream().map(TaskTable::tasks).toList();
        return engine.giveBack(connection, epoch, ours) + calls.giveBack(connection, epoch, ours);
    }
}
