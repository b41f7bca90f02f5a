package dev.sonde.notification.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The result of an attempt.
///
/// @param nextAt of the next attempt; absent where none follows
/// @param error absent where it was delivered
public record AttemptRecord(
        DeliveryState state, int attempts, @Nullable Instant nextAt, @Nullable String error) {}
