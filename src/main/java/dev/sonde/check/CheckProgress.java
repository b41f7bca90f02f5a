package dev.sonde.check;

/// How far a check has come.
public record CheckProgress(CheckState state, CheckSummary summary) {}
