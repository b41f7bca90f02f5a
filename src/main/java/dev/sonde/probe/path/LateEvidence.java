package dev.sonde.probe.path;

import java.util.UUID;

/// Evidence that came after its result had been delivered.
///
/// @param result id of that result
/// @param probe name of the scheduled probe
public record LateEvidence(UUID result, String probe, Findings findings) {

    /// The same for another result.
    public LateEvidence of(UUID other) {
        return new LateEvidence(other, probe, findings);
    }
}
