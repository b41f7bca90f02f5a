package dev.sonde.listen.engine;

import dev.sonde.policy.TargetPolicy;
import dev.sonde.probe.finding.ConnectPace;
import dev.sonde.probe.finding.NameLookup;
import dev.sonde.tls.TlsClients;
import java.time.Duration;

/// Everything that a proxy needs to reach its upstream. Every part is safe for any thread.
///
/// @param connectTimeout the longest time from the look-up of the name to an open connection, TLS
///     included
public record Upstreams(
        TargetPolicy policy,
        NameLookup names,
        ConnectPace pace,
        TlsClients tls,
        ProxyRoutes routes,
        ProxyMemory memory,
        Duration connectTimeout) {}
