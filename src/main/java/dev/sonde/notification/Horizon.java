package dev.sonde.notification;

import dev.sonde.notification.message.WaitingMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How far back a comparison looks for episodes that ended: a day at first, every hour and after
/// the clock jumped, else some minutes. The notifier's own.
final class Horizon {

    private static final Duration FAR = Duration.ofDays(1);
    private static final Duration NEAR = Duration.ofMinutes(10);
    private static final Duration BETWEEN = Duration.ofHours(1);
    private static final Duration JUMP = Duration.ofSeconds(30);

    private @Nullable Instant latest;
    private long latestNanos;
    private long farNanos;

    /// Whether an hour has passed since the latest comparison that reached a day back.
    boolean isSweepDue(long nanos) {
        return latest == null || nanos - farNanos > BETWEEN.toNanos();
    }

    /// The earliest end of an episode that counts.
    ///
    /// @param waiting messages that wait: while there are many, changes wait as well
    Instant at(Instant now, long nanos, List<WaitingMessage> waiting) {
        boolean isFar =
                latest == null
                        || nanos - farNanos > BETWEEN.toNanos()
                        || Duration.between(latest.plusNanos(nanos - latestNanos), now)
                                        .abs()
                                        .compareTo(JUMP)
                                > 0;
        latest = now;
        latestNanos = nanos;
        if (isFar) {
            farNanos = nanos;
        }
        Instant from = now.minus(isFar ? FAR : NEAR);
        for (WaitingMessage each : waiting) {
            Instant earlier = each.at().minus(NEAR);
            from = earlier.isBefore(from) ? earlier : from;
        }
        Instant earliest = now.minus(FAR);
        return from.isBefore(earliest) ? earliest : from;
    }
}
