package dev.sonde.probe.keeping;

import dev.sonde.probe.finding.ProbeResult;
import java.util.UUID;

/// Results in a compact binary form, for the store and for messages. Safe for any thread.
public interface ResultBytes {

    /// All but the id and the names of probe and replica.
    byte[] write(ProbeResult result);

    /// The result again.
    ///
    /// @param body as [#write] made it, also in an earlier version
    ProbeResult read(UUID id, String probe, byte[] body);
}
