package dev.sonde.notification.message;

import dev.sonde.probe.spec.EnumLabel;

/// The kind of an episode.
public enum EpisodeKind {
    /// The probe was down: an incident.
    DOWN,
    /// The probe was degraded.
    DEGRADED;

    private final String label = EnumLabel.of(this);

    /// The state's word.
    public String label() {
        return label;
    }
}
