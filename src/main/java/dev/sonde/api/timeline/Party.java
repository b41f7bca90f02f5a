package dev.sonde.api.timeline;

import java.util.Locale;

/// A participant of a result's drawing, from left to right.
enum Party {
    CLIENT,
    KERNEL,
    /// The name service, in the drawing of an attempt that ended before its connect.
    NAMES,
    NETWORK,
    PEER,
    /// The program behind the peer's kernel, where that is an own listener.
    LISTENER,
    /// The upstream behind that listener, where that is a proxy.
    UPSTREAM;

    /// The word at the top of its lane.
    String word() {
        return this == NAMES ? "name service" : name().toLowerCase(Locale.ROOT);
    }
}
