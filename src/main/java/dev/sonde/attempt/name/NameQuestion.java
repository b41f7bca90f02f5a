package dev.sonde.attempt.name;

import dev.sonde.attempt.admission.Share;
import dev.sonde.probe.spec.AddressFamily;

/// A question for the addresses of a name.
///
/// @param share whose limits it counts for
/// @param host as it stands in the target
/// @param family of the wanted addresses; no other is asked for
/// @param reuseNanos how old an answer may be that is used again, 0 for a new one
public record NameQuestion(Share share, String host, AddressFamily family, long reuseNanos) {

    boolean wantsIpv4() {
        return family != AddressFamily.IPV6;
    }

    boolean wantsIpv6() {
        return family != AddressFamily.IPV4;
    }
}
