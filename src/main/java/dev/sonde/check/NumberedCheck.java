package dev.sonde.check;

/// A check and its place in the order of starts.
public record NumberedCheck(long number, CheckRun run) {}
