package dev.sonde.listen.record;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// Both ends of a connection. The hash is computed once. It is used when the connection begins and
/// when its record is dropped.
public final class FourTuple {

    private final InetSocketAddress client;
    private final InetSocketAddress listener;
    private final int hash;

    public FourTuple(InetSocketAddress client, InetSocketAddress listener) {
        this.client = client;
        this.listener = listener;
        this.hash = 31 * client.hashCode() + listener.hashCode();
    }

    public InetSocketAddress client() {
        return client;
    }

    public InetSocketAddress listener() {
        return listener;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FourTuple tuple
                && hash == tuple.hash
                && client.equals(tuple.client)
                && listener.equals(tuple.listener);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return client + " to " + listener;
    }
}
