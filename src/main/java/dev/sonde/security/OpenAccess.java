package dev.sonde.security;

/// Whether everybody who can reach the service may do everything.
///
/// @param isOnLoopback whether they may, and only this host reaches it
public record OpenAccess(boolean isOnLoopback) {}
