package dev.sonde.notification.message;

import java.time.Instant;

/// A message that waits.
///
/// @param nextAt when it may be taken
/// @param at when it was made
public record WaitingMessage(String id, String receiver, Instant nextAt, Instant at) {}
