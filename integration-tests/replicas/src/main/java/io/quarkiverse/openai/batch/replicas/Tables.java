package io.quarkiverse.openai.batch.replicas;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;

/** Makes the tables of the application before jobs are continued. */
class Tables {

    void create(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent start, AgroalDataSource datasource)
            throws SQLException {
        try (Connection connection = datasource.getConnection(); Statement statement = connection.createStatement()) {
            // one process at a time
            statement.execute("SELECT pg_advisory_lock(1)");
            try {
                statement.execute("CREATE TABLE IF NOT EXISTS answers (job text NOT NULL, custom_id text NOT NULL)");
                statement.execute("CREATE TABLE IF NOT EXISTS submissions (job text NOT NULL)");
            } finally {
                statement.execute("SELECT pg_advisory_unlock(1)");
            }
        }
    }
}
