package io.quarkiverse.openai.batch.runtime.datasource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;

import io.agroal.api.AgroalDataSource;
import io.quarkiverse.openai.batch.runtime.job.database.CallerTransaction;
import io.quarkiverse.openai.batch.runtime.job.database.Database.Work;

/** The JTA transactions of the application. All connections of its datasource in one of them are one. */
final class JtaTransaction implements CallerTransaction {

    private static final Object JOINED = new Object();
    /** What the pool says of a second datasource that is not XA. */
    private static final String NOT_ENLISTED = "Failed to enlist";

    private final AgroalDataSource datasource;
    private final TransactionManager transactions;
    private final TransactionSynchronizationRegistry current;
    private final String name;

    /**
     * @param name of the datasource
     */
    JtaTransaction(AgroalDataSource datasource, TransactionManager transactions, TransactionSynchronizationRegistry current,
            String name) {
        this.datasource = datasource;
        this.transactions = transactions;
        this.current = current;
        this.name = name;
    }

    @Override
    public boolean isActive() {
        return current.getTransactionKey() != null && current.getTransactionStatus() == Status.STATUS_ACTIVE;
    }

    @Override
    public boolean hasJoined() {
        return current.getResource(JOINED) != null;
    }

    @Override
    public <T> T join(Work<T> work) throws SQLException {
        current.putResource(JOINED, true);
        try (Connection connection = datasource.getConnection()) {
            return work.run(connection);
        }
    }

    @Override
    public void afterCommit(Runnable action) {
        current.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {
                // nothing is known yet
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    action.run();
                }
            }
        });
    }

    @Override
    public void run(Code code, Work<?> last) throws Exception {
        transactions.begin();
        try {
            code.run();
            try (Connection connection = datasource.getConnection()) {
                last.run(connection);
            }
        } catch (Exception | Error e) {
            rollBack(e);
            if (isOfSecondDatasource(e)) {
                throw secondDatasource(e);
            }
            throw e;
        }
        transactions.commit();
    }

    private IllegalStateException secondDatasource(Throwable e) {
        return new IllegalStateException(("The method uses another datasource than %s, which has its jobs, and both are in one "
                + "transaction. Set jdbc.transactions=xa for both, or give it @OnBatchResult(transaction = NONE), after which it "
                + "may get results twice").formatted(name), e);
    }

    private void rollBack(Throwable because) {
        try {
            transactions.rollback();
        } catch (SystemException | RuntimeException e) {
            because.addSuppressed(e);
        }
    }

    private static boolean isOfSecondDatasource(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).limit(20)
                .anyMatch(cause -> cause.getMessage() != null && cause.getMessage().contains(NOT_ENLISTED));
    }
}
