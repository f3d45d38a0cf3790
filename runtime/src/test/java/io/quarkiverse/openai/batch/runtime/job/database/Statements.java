package io.quarkiverse.openai.batch.runtime.job.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Records which statements are executed on connections, with their latest parameters, and shows the plans of these. */
final class Statements {

    private final Map<String, Map<Integer, Object[]>> executed = new ConcurrentHashMap<>();
    volatile boolean recording;

    Connection recorded(Connection connection) {
        return proxy(Connection.class, connection, (method, arguments, result) -> method.getName().equals("prepareStatement")
                ? statement((PreparedStatement) result, (String) arguments[0])
                : result);
    }

    private PreparedStatement statement(PreparedStatement statement, String sql) {
        Map<Integer, Object[]> parameters = new TreeMap<>();
        return proxy(PreparedStatement.class, statement, (method, arguments, result) -> {
            if (method.getName().startsWith("set") && arguments.length >= 2 && arguments[0] instanceof Integer number) {
                parameters.put(number, new Object[] { method, arguments });
            } else if (method.getName().startsWith("execute") && recording) {
                executed.put(sql, new TreeMap<>(parameters));
            }
            return result;
        });
    }

    private interface Seen {

        Object of(Method method, Object[] arguments, Object result) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T target, Seen seen) {
        return type.cast(Proxy.newProxyInstance(Statements.class.getClassLoader(), new Class<?>[] { type },
                (self, method, arguments) -> {
                    try {
                        Object[] all = arguments == null ? new Object[0] : arguments;
                        return seen.of(method, all, method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** The plan of each statement, as text. */
    Map<String, String> plans(Connection connection) throws Exception {
        Map<String, String> plans = new TreeMap<>();
        for (Map.Entry<String, Map<Integer, Object[]>> statement : executed.entrySet()) {
            try (PreparedStatement explain = connection.prepareStatement("EXPLAIN " + statement.getKey())) {
                for (Object[] setter : statement.getValue().values()) {
                    ((Method) setter[0]).invoke(explain, (Object[]) setter[1]);
                }
                StringBuilder plan = new StringBuilder();
                try (ResultSet lines = explain.executeQuery()) {
                    while (lines.next()) {
                        plan.append(lines.getString(1)).append('\n');
                    }
                }
                plans.put(statement.getKey(), plan.toString());
            }
        }
        return plans;
    }
}
