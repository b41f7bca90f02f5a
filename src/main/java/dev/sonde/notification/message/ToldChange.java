package dev.sonde.notification.message;

import org.jspecify.annotations.Nullable;

/// A change of what a receiver was sent.
///
/// @param before absent where nothing was sent of the episode
public record ToldChange(@Nullable Told before, Told after) {}
