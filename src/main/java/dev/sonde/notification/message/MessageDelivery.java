package dev.sonde.notification.message;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message as lists show it.
///
/// @param incidents ids of its incidents
/// @param nextAt of the next attempt; absent where none follows
/// @param lastError why the latest failed attempt failed; absent without any
/// @param at when the message was made
public record MessageDelivery(
        String id,
        String receiver,
        MessageEvent event,
        List<String> incidents,
        DeliveryState state,
        int attempts,
        @Nullable Instant nextAt,
        @Nullable String lastError,
        Instant at) {}
