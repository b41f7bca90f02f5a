package dev.sonde.listen.proxy;

import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.tls.TlsServer;
import org.jspecify.annotations.Nullable;

/// The terms of the listener at the accept of a proxied connection.
///
/// @param listener the proxy's name
/// @param plan the faults at first
/// @param tls the server of the client's handshake; absent when its payload goes in clear
/// @param most bytes in either direction; no limit when absent
public record PairTerms(
        String listener,
        Behaviour.Proxy proxy,
        FaultPlan plan,
        @Nullable TlsServer tls,
        @Nullable Long most,
        ConnectionLog history,
        PairObserver observer) {}
