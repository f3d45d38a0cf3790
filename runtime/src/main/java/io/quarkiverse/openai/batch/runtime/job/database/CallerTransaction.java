package io.quarkiverse.openai.batch.runtime.job.database;

import java.sql.SQLException;

/** The transaction of whoever calls, on the application's datasource. */
public interface CallerTransaction {

    /** There are no transactions. */
    CallerTransaction NONE = new CallerTransaction() {
        @Override
        public boolean isActive() {
            return false;
        }

        @Override
        public boolean hasJoined() {
            return false;
        }

        @Override
        public <T> T join(Database.Work<T> work) {
            throw new IllegalStateException("There is no transaction");
        }

        @Override
        public void afterCommit(Runnable action) {
            throw new IllegalStateException("There is no transaction");
        }

        @Override
        public void run(Code code, Database.Work<?> last) {
            throw new IllegalStateException("There are no transactions");
        }
    };

    /** Code of the application. */
    interface Code {

        void run() throws Exception;
    }

    /** Whether the caller is in one. */
    boolean isActive();

    /** Whether something of the jobs takes part in the one of the caller. */
    boolean hasJoined();

    /** Takes part in the one of the caller. The connection is that of the application. */
    <T> T join(Database.Work<T> work) throws SQLException;

    /** Has something done once the one of the caller has committed. */
    void afterCommit(Runnable action);

    /**
     * Runs code in a new one.
     *
     * @param last is done in the same transaction after the code, so that its locks are short
     */
    void run(Code code, Database.Work<?> last) throws Exception;
}
