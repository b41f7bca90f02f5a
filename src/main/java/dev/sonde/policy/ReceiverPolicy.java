package dev.sonde.policy;

import java.net.InetAddress;
import java.util.List;

/// Decides whether this service may connect to an address for itself: to servers of sources and to
/// receivers. Probes have a policy of their own. Immutable.
public final class ReceiverPolicy {

    private final TargetPolicy rules;

    /// Reads the rules.
    ///
    /// @param loopbackAllowed whether loopback is left out of the set that is denied by default
    /// @throws IllegalArgumentException where a rule cannot be read, with the rule
    public ReceiverPolicy(List<String> allow, List<String> deny, boolean loopbackAllowed) {
        this.rules = new TargetPolicy(allow, deny, loopbackAllowed);
    }

    /// Whether the address may be connected to.
    ///
    /// @param address the one that would really be connected to, never a name
    public boolean isAllowed(InetAddress address, int port) {
        return rules.decide(address, port).isAllowed();
    }

    /// One clause that says why an address is denied.
    public String explanation(InetAddress address, int port) {
        return rules.decide(address, port)
                .explanation()
                .replace("sonde.policy.targets", "sonde.policy.receivers");
    }
}
