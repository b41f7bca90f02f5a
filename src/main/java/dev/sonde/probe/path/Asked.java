package dev.sonde.probe.path;

/// A question that was asked, and its answer.
///
/// @param answer one clause for a person
public record Asked(Question question, String answer) {}
