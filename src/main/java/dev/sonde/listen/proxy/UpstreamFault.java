package dev.sonde.listen.proxy;

import org.jspecify.annotations.Nullable;

/// The reason why an upstream cannot be connected to.
///
/// @param reason a word of the closed list of probe results, or `loop`
/// @param errno the error number's name, where the kernel gave one
record UpstreamFault(String reason, @Nullable String errno) {

    /// Whether the upstream accepted the connection and reset it at once.
    boolean isReset() {
        return reason.equals("reset");
    }

    static UpstreamFault of(String reason) {
        return new UpstreamFault(reason, null);
    }
}
