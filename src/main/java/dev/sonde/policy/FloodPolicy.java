package dev.sonde.policy;

import java.net.InetAddress;
import java.util.List;

/// Decides whether a target that may be probed may be flooded as well. Immutable.
///
/// Only what a rule names may be: a flood is traffic, and a service that writes at request to
/// whatever it can reach would be a weapon.
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
