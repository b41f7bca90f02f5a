package dev.sonde.probe.finding;

import org.jspecify.annotations.Nullable;

/// An ICMP message that ended a connect.
///
/// @param version 4 (RFC 792) or 6 (RFC 4443): which table type and code belong to
/// @param type 0..255
/// @param code 0..255
/// @param from the address that sent it: the target, a router on the way, or this host itself
public record IcmpMessage(int version, int type, int code, @Nullable String from) {}
