package dev.sonde.probe.finding;

import java.net.InetAddress;

/// The pace of all connects of this service. Safe for any thread.
@FunctionalInterface
public interface ConnectPace {

    /// The connect would have to wait longer than it may.
    long REFUSED = -1;

    /// Takes the place of one connect.
    ///
    /// @param nowNanos by the loops' ticker
    /// @return nanoseconds until it may leave, or [#REFUSED]
    long reserve(InetAddress destination, long nowNanos);
}
