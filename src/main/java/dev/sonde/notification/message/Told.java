package dev.sonde.notification.message;

import dev.sonde.probe.spec.EnumLabel;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The record of what a receiver was sent of one episode.
///
/// @param subject the episode's id
/// @param at of the latest message
/// @param delivery the latest message with it; absent where none was sent
/// @param entry as it was sent last
public record Told(
        String receiver,
        String subject,
        EpisodeKind kind,
        Stage stage,
        Instant at,
        @Nullable String delivery,
        Entry entry) {

    /// The stage of an episode at a receiver.
    public enum Stage {
        /// The begin was sent, the end was not.
        OPEN,
        /// The same, and it ended in maintenance.
        HELD,
        /// Nothing more is sent.
        CLOSED;

        private final String label = EnumLabel.of(this);

        public String label() {
            return label;
        }
    }

    public Told at(Stage next) {
        return new Told(receiver, subject, kind, next, at, delivery, entry);
    }
}
