package dev.sonde.policy;

import java.net.InetAddress;
import java.util.List;

/// Decides whether a target that may be probed may be flooded as well. Immutable.
///
/// Only targets that a rule names may be flooded. A service that floods any reachable target on
/// request would be a weapon.
public final class FloodPolicy {

    private final List<AddressRule> allow;

    /// Reads the rules.
    ///
    /// @throws IllegalArgumentException where a rule cannot be read, with the rule
    public FloodPolicy(List<String> allow) {
        this.allow = allow.stream().map(AddressRule::parse).toList();
    }

    /// The policy's decision on one address and port.
    public Decision decide(InetAddress address, int port) {
        AddressBits normalised = EmbeddedIpv4.normalised(AddressBits.of(address).connected());
        return allow.stream().anyMatch(rule -> rule.matches(normalised, port))
                ? Decision.ALLOWED
                : Decision.FLOOD_NOT_ALLOWED;
    }
}
