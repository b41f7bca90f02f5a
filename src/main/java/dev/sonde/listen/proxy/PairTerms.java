package dev.sonde.listen.proxy;

import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.tls.TlsServer;
import org.jspecify.annotations.Nullable;

/// What the listener said when a proxied connection was accepted.
///
/// @param listener the proxy's name
/// @param plan the faults at first
/// @param tls with whom the client performs the handshake; absent where its payload goes in clear
/// @param most bytes in either direction; no limit when absent
public record PairTerms(
        String listener,
        Behaviour.Proxy proxy,
        FaultPlan plan,
        @Nullable TlsServer tls,
        @Nullable Long most,
        ConnectionLog history,
        PairObserver observer) {}
