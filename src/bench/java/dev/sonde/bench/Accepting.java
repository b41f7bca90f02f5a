package dev.sonde.bench;

import java.io.IOException;

/// One way to accept connections, in this JVM: a listening socket that accepts only when told.
interface Accepting extends AutoCloseable {

    /// What it does to a connection.
    enum Treatment {
        CLOSE,
        ECHO,
        HOLD
    }

    int port();

    /// Starts to accept, or stops; connections wait in the accept queue meanwhile.
    void accept(boolean on) throws IOException;

    /// Connections that are open now.
    int open();

    @Override
    default void close() {}
}
