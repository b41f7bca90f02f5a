package dev.sonde.notification.send;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The result of one attempt to send a message.
public sealed interface Reply {

    /// The receiver has the message.
    record Accepted() implements Reply {}

    /// The receiver refuses this content, so the same content is not sent again.
    ///
    /// @param error a clause for people
    record Refused(String error) implements Reply {}

    /// The message is sent again.
    ///
    /// @param error a clause for people
    /// @param pause the receiver's wish; absent where it has none
    record Unavailable(String error, @Nullable Duration pause) implements Reply {

        Unavailable(String error) {
            this(error, null);
        }
    }
}
