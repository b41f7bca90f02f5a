package dev.sonde.listen.proxy;

import dev.sonde.listen.spec.ConnectionEnd;

/// The owner of a proxied connection. Called on the connection's loop.
public interface PairObserver {

    /// Bytes came from the client.
    void received(int bytes);

    /// Bytes were sent to the client.
    void sent(int bytes);

    /// Bytes came from the upstream.
    void receivedFromUpstream(int bytes);

    /// Bytes were sent to the upstream.
    void sentToUpstream(int bytes);

    /// The upstream cannot be reached and newcomers are to be refused.
    void refusesNewcomers();

    /// The connection has ended.
    void ended(ConnectionEnd how);
}
