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

    /// The occasion of the first message of an episode.
    public MessageEvent opening() {
        return switch (this) {
            case DOWN -> MessageEvent.OPENED;
            case DEGRADED -> MessageEvent.DEGRADED;
        };
    }

    /// The occasion of the message of its end.
    public MessageEvent closing() {
        return switch (this) {
            case DOWN -> MessageEvent.CLOSED;
            case DEGRADED -> MessageEvent.RECOVERED;
        };
    }
}
