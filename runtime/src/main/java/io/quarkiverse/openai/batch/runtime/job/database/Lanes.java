package io.quarkiverse.openai.batch.runtime.job.database;

import java.util.HashMap;
import java.util.Map;

import io.quarkiverse.openai.batch.runtime.job.store.Task;

/** Tasks of a kind of a job that call the application may not hold up those of others: four of them run here at a time. */
final class Lanes {

    private static final int CALLS = 4;

    private final Map<String, Integer> running = new HashMap<>();

    private static String lane(Task task) {
        return task.kind() + " " + task.job();
    }

    /** False if the task has to wait. */
    synchronized boolean begin(Task task) {
        boolean begins = !task.kind().isCallingUserCode() || running.getOrDefault(lane(task), 0) < CALLS;
        if (begins) {
            running.merge(lane(task), 1, Integer::sum);
        }
        return begins;
    }

    synchronized void end(Task task) {
        running.computeIfPresent(lane(task), (lane, count) -> count == 1 ? null : count - 1);
    }
}
