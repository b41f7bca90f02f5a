package dev.sonde.notification.message;

import org.jspecify.annotations.Nullable;

/// Which messages are wanted; newest first.
///
/// @param state any when absent
/// @param receiver any when absent
/// @param cursor the id after which to go on; the newest when absent
public record DeliverySearch(
        @Nullable DeliveryState state,
        @Nullable String receiver,
        @Nullable String cursor,
        int limit) {}
