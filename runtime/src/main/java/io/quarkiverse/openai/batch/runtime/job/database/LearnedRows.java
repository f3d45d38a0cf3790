package io.quarkiverse.openai.batch.runtime.job.database;

import java.util.function.UnaryOperator;

import io.quarkiverse.openai.batch.runtime.job.store.AccountRow;
import io.quarkiverse.openai.batch.runtime.job.store.LookRow;

/**
 * Writes what was learned of accounts, and what looks have found out. Who changed a row meanwhile is not overwritten. What
 * is learned beside a row that cannot be read, such as one of a later version, is known to this process alone.
 */
final class LearnedRows {

    private final Database database;
    private final Epochs epochs;
    private final RowCache rows;
    private final RowWriter writer;

    LearnedRows(Database database, Epochs epochs, RowCache rows, RowWriter writer) {
        this.database = database;
        this.epochs = epochs;
        this.rows = rows;
        this.writer = writer;
    }

    /**
     * @param refresh reads what others have written
     */
    AccountRow change(String name, UnaryOperator<AccountRow> change, Runnable refresh) {
        while (true) {
            AccountRow before = rows.account(name);
            AccountRow after = change.apply(before);
            if (after.equals(before)) {
                return before;
            }
            AccountRow next = after.withVersion(before.version() + 1);
            if (rows.isUnreadable("account " + name) || write("account", name, next.version(), next)) {
                rows.written(next);
                return next;
            }
            refresh.run();
        }
    }

    LookRow changeLook(String client, UnaryOperator<LookRow> change, Runnable refresh) {
        while (true) {
            LookRow before = rows.look(client);
            LookRow after = change.apply(before);
            if (after.equals(before)) {
                return before;
            }
            LookRow next = after.withVersion(before.version() + 1);
            if (rows.isUnreadable("look of " + client) || write("look", client, next.version(), next)) {
                rows.written(next);
                return next;
            }
            refresh.run();
        }
    }

    /** False if the row has changed. */
    private boolean write(String kind, String name, long version, Object row) {
        String epoch = epochs.id();
        return database.run(connection -> {
            if (writer.learn(connection, epoch, kind, name, version, row) == 1) {
                return true;
            }
            epochs.requireOpen(connection);
            return false;
        });
    }
}
