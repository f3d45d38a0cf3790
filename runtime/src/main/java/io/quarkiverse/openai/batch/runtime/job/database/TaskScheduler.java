package io.quarkiverse.openai.batch.runtime.job.database;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.jboss.logging.Logger;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;

import io.quarkiverse.openai.batch.runtime.job.files.EpochEndedException;

/** Runs the tasks of a table in an epoch of this process, by db-scheduler. A dead process is known by its heartbeats. */
final class TaskScheduler {

    private static final Logger LOG = Logger.getLogger(TaskScheduler.class);

    static final int MISSED_HEARTBEATS = 4;

    private static final Duration POLLING = Duration.ofSeconds(1);
    /** After which a task that a process of a later version has to run is offered again. */
    private static final Duration OTHERS = Duration.ofSeconds(5);
    /** Tasks of other applications in the same table are left to them. */
    private static final Duration NEVER = Duration.ofDays(36_500);

    private final Database database;
    private final Epochs epochs;
    private final Map<String, TaskTable> tables;
    private final String epoch;
    private final Work work;
    private final InstantSource clock;
    private final Scheduler scheduler;

    /** What tasks do. */
    interface Work {

        Run run(io.quarkiverse.openai.batch.runtime.job.store.Task task);

        /**
         * A run is over.
         *
         * @param due when something may be due next
         */
        void completed(Instant due);
    }

    /** What becomes of a task after a run. */
    record Run(boolean counts, Instant again) {
    }

    /**
     * @param all whether all queues of the table are run
     * @param threads how many tasks run at a time
     * @param heartbeat how often they say that they live
     * @param stopping how long a stop waits for them, twice
     */
    record Settings(boolean all, int threads, Duration heartbeat, Duration stopping) {
    }

    TaskScheduler(Database database, Epochs epochs, List<TaskTable> tables, String epoch, Settings settings,
            InstantSource clock,
            Work work) {
        this.database = database;
        this.epochs = epochs;
        this.tables = tables.stream().collect(Collectors.toMap(TaskTable::tasks, table -> table));
        this.epoch = epoch;
        this.work = work;
        this.clock = clock;
        this.scheduler = builder(tables, settings).build();
    }

    private SchedulerBuilder builder(List<TaskTable> queues, Settings settings) {
        SchedulerBuilder builder = Scheduler.create(database.pool(), queues.stream().<Task<?>> map(this::task).toList())
                .tableName(queues.get(0).name()).threads(settings.threads).schedulerName(new SchedulerName.Fixed(epoch))
                .jdbcCustomization(new PostgreSqlJdbcCustomization(false, true)).serializer(new NoData())
                .heartbeatInterval(settings.heartbeat).missedHeartbeatsLimit(MISSED_HEARTBEATS).pollingInterval(POLLING)
                .clock(clock::instant).shutdownMaxWait(settings.stopping)
                .enableImmediateExecution().deleteUnresolvedAfter(NEVER);
        // a process that runs some of the queues of a table alone does not pick what it leaves to the others
        return settings.all ? builder.pollUsingLockAndFetch(0.5, 1.0) : builder.pollUsingFetchAndLockOnExecute(0.5, 1.0);
    }

    private CustomTask<Void> task(TaskTable queue) {
        return Tasks.custom(queue.tasks(), Void.class)
                .onFailure((complete, operations) -> completed(complete.getExecution(), clock.instant().plus(POLLING)))
                .onDeadExecution(this::takeOver).execute(this::run);
    }

    /** Tasks are their names. */
    private static final class NoData implements Serializer {

        @Override
        public byte[] serialize(Object data) {
            return null;
        }

        @Override
        public <T> T deserialize(Class<T> type, byte[] data) {
            return null;
        }
    }

    void start() {
        scheduler.start();
    }

    /** Looks for due tasks now. */
    void trigger() {
        scheduler.triggerCheckForDueExecutions();
    }

    boolean isRunning() {
        return scheduler.getSchedulerState().isStarted() && !scheduler.getSchedulerState().isShuttingDown();
    }

    void stop() {
        scheduler.stop();
    }

    private CompletionHandler<Void> run(TaskInstance<Void> instance, ExecutionContext context) {
        Run[] run = { new Run(true, clock.instant().plus(OTHERS)) };
        TaskTable.task(instance.getId()).ifPresent(task -> epochs.runIn(epoch, () -> run[0] = work.run(task)));
        return (complete, operations) -> {
            if (run[0].counts) {
                completed(complete.getExecution(), run[0].again);
            }
        };
    }

    /** What cannot be stored is taken over, by this process or another one. */
    private void completed(Execution execution, Instant again) {
        try {
            complete(execution, again);
        } catch (UncheckedIOException | EpochEndedException e) {
            LOG.debugf("The end of a run of %s is not stored: %s", execution.getId(), e.getMessage());
        }
    }

    private void complete(Execution execution, Instant again) {
        // what an ended epoch leaves undone is not done, whatever its steps returned
        boolean counts = database.transaction(connection -> epochs.isLocked(connection, epoch)
                && tables.get(execution.getTaskName()).complete(connection, execution.getId(), execution.version, again));
        if (counts) {
            // it may have been wanted meanwhile, or be due soon
            work.completed(again == null ? clock.instant() : again);
        } else {
            LOG.infof("%s was taken over by another process meanwhile",
                    TaskTable.task(execution.getId()).map(task -> task.description()).orElse(execution.getId()));
        }
    }

    /** First the epoch of the process ends that seems dead, so that nothing which it decides counts any more. */
    private void takeOver(ExecutionComplete dead, ExecutionOperations<Void> operations) {
        Execution execution = dead.getExecution();
        if (execution.pickedBy != null) {
            epochs.end(execution.pickedBy);
        }
        completed(execution, clock.instant());
    }
}
