package dev.sonde.api.timeline;

import org.jspecify.annotations.Nullable;

/// One arrow of a drawing, or one mark of a single participant.
///
/// @param atMicros when it was seen, since the connect; absent where it is inferred
/// @param from the participant that acts
/// @param to the same as `from` for a mark
/// @param <P> the participants
record DiagramStep<P extends Enum<P>>(
        @Nullable Long atMicros, P from, P to, String label, Fate fate) {

    /// The end of a step's way.
    enum Fate {
        ARRIVES,
        /// It arrives, and it is bad news.
        HARMS,
        /// It never arrives, or is ignored: it ends in a cross.
        IS_LOST
    }
}
