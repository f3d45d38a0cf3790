package io.quarkiverse.openai.batch.runtime.datasource;

import java.util.List;
import java.util.Optional;

/**
 * What the build knows of the datasources of the application.
 *
 * @param all of them
 * @param jobsAreUsed whether the application injects jobs, or has methods for them
 */
public record KnownDatasources(List<KnownDatasource> all, boolean jobsAreUsed) {

    public static final String POSTGRESQL = "postgresql";

    /**
     * @param name its name
     * @param isDefault whether it is the default one
     * @param kind its kind of database
     * @param transactional whether its connections take part in transactions
     */
    public record KnownDatasource(String name, boolean isDefault, String kind, boolean transactional) {

        boolean isPostgres() {
            return kind.equals(POSTGRESQL);
        }
    }

    /** What to do about a datasource that takes part in no transaction. */
    public static String withoutTransactions(String name) {
        return ("Datasource %s has jdbc.transactions=disabled, so that a submission could not take part in a transaction. Remove "
                + "that key, or set quarkus.openai-batch.jobs.datasource to another one, or "
                + "quarkus.openai-batch.jobs.store=directory").formatted(name);
    }

    Optional<KnownDatasource> defaultOne() {
        return all.stream().filter(KnownDatasource::isDefault).findFirst();
    }

    Optional<KnownDatasource> named(String name) {
        return all.stream().filter(datasource -> datasource.name.equals(name)).findFirst();
    }
}
