package dev.sonde.policy;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Decides where a listener may be opened. Safe for any thread.
///
/// The service's own ports are never allowed, on any address. Beyond that the rules decide. Port 0,
/// the kernel's choice, is allowed if any port of the address is. The chosen port has to be judged
/// again.
public final class BindPolicy {

    private final List<AddressRule> allow;
    private final Supplier<Set<Integer>> ownPorts;

    /// Reads the rules.
    ///
    /// @param ownPorts the ports that the service listens on itself, once it does
    /// @throws IllegalArgumentException where a rule cannot be read, with the rule
    public BindPolicy(List<String> allow, Supplier<Set<Integer>> ownPorts) {
        this.allow = allow.stream().map(AddressRule::parse).toList();
        this.ownPorts = ownPorts;
    }

    public BindDecision decide(InetAddress address, int port) {
        if (port != 0 && ownPorts.get().contains(port)) {
            return BindDecision.OWN_PORT;
        }
        return listenedOn(AddressBits.of(address)).stream().allMatch(bits -> isNamed(bits, port))
                ? BindDecision.ALLOWED
                : BindDecision.NOT_ALLOWED;
    }

    /// A socket that is bound to `::` accepts IPv4 connections as well.
    private static List<AddressBits> listenedOn(AddressBits address) {
        return address.equals(AddressBits.ANY_IPV6)
                ? List.of(AddressBits.ANY_IPV6, AddressBits.ANY_IPV4)
                : List.of(address);
    }

    /// An unspecified address is every address of the host: a rule names it, or all of the family.
    private boolean isNamed(AddressBits bits, int port) {
        return allow.stream()
                .filter(rule -> !bits.isUnspecified() || rule.isWholeFamilyOrOneAddress())
                .anyMatch(rule -> port == 0 ? rule.contains(bits) : rule.matches(bits, port));
    }
}
