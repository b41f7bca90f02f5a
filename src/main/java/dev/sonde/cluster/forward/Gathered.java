package dev.sonde.cluster.forward;

import org.jspecify.annotations.Nullable;

/// One replica's part of a gathered list.
///
/// @param body of its answer with a status from 200 to 299; absent where it gave none in time
public record Gathered(String replica, @Nullable String body) {}
