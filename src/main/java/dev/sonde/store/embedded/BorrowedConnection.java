package dev.sonde.store.embedded;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A connection that goes back to its pool when it is closed. For one thread at a time.
final class BorrowedConnection implements InvocationHandler {

    private final Connection connection;
    private final Runnable back;
    private boolean isBack;

    private BorrowedConnection(Connection connection, Runnable back) {
        this.connection = connection;
        this.back = back;
    }

    /// @param back runs once, at the first close
    static Connection of(Connection connection, Runnable back) {
        return (Connection)
                Proxy.newProxyInstance(
                        BorrowedConnection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        new BorrowedConnection(connection, back));
    }

    @Override
    public @Nullable Object invoke(
            Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            if (!isBack) {
                isBack = true;
                back.run();
            }
            return null;
        }
        return isBack ? whenBack(method) : call(method, arguments);
    }

    private static Object whenBack(Method method) throws SQLException {
        if (method.getName().equals("isClosed")) {
            return true;
        }
        throw new SQLException("the connection was given back");
    }

    private @Nullable Object call(Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            if (method.getName().equals("rollback") && isRolledBack(e.getCause())) {
                return null;
            }
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /// SQLite ends a transaction itself where the disk is full.
    private static boolean isRolledBack(@Nullable Throwable failure) {
        return failure instanceof SQLException
                && String.valueOf(failure.getMessage()).contains("no transaction is active");
    }
}
