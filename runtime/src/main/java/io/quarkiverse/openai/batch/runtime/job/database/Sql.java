package io.quarkiverse.openai.batch.runtime.job.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Statements with parameters. Times are instants; collections are arrays of texts. */
final class Sql {

    private Sql() {
    }

    /** Makes an object of the current row. */
    interface Row<T> {

        T of(ResultSet result) throws SQLException;
    }

    /** Returns the number of rows. */
    static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    static <T> List<T> list(Connection connection, String sql, Row<T> row, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters); ResultSet result = statement.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (result.next()) {
                all.add(row.of(result));
            }
            return all;
        }
    }

    static <T> Optional<T> first(Connection connection, String sql, Row<T> row, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, parameters); ResultSet result = statement.executeQuery()) {
            return result.next() ? Optional.ofNullable(row.of(result)) : Optional.empty();
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int n = 0; n < parameters.length; n++) {
                statement.setObject(n + 1, value(connection, parameters[n]));
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    private static Object value(Connection connection, Object parameter) throws SQLException {
        if (parameter instanceof Instant time) {
            return time.atOffset(ZoneOffset.UTC);
        }
        return parameter instanceof Collection<?> all ? connection.createArrayOf("text", all.toArray()) : parameter;
    }
}
