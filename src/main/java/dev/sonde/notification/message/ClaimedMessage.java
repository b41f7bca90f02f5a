package dev.sonde.notification.message;

/// A message that this process is about to send.
///
/// @param attempts before this one
public record ClaimedMessage(Message message, int attempts) {}
