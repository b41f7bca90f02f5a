package dev.sonde.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The results of messages to one receiver, since the start of this process.
///
/// @param delivered attempts after which the receiver had the message
/// @param retried attempts after which the message is sent again
/// @param failed messages that the receiver refuses
/// @param failingSince absent where the latest attempt succeeded, and before any
/// @param lastError of the latest failed attempt
public record ReceiverFigures(
        long delivered,
        long retried,
        long failed,
        @Nullable Instant failingSince,
        @Nullable String lastError) {

    static final ReceiverFigures NONE = new ReceiverFigures(0, 0, 0, null, null);

    ReceiverFigures plusDelivered() {
        return new ReceiverFigures(delivered + 1, retried, failed, null, lastError);
    }

    ReceiverFigures plusRetried(Instant now, String error) {
        return new ReceiverFigures(delivered, retried + 1, failed, since(now), error);
    }

    ReceiverFigures plusFailed(Instant now, String error) {
        return new ReceiverFigures(delivered, retried, failed + 1, since(now), error);
    }

    private Instant since(Instant now) {
        return failingSince == null ? now : failingSince;
    }
}
