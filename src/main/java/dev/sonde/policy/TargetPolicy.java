package dev.sonde.policy;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// Decides whether an address may be connected to. Immutable; a decision has no side effect.
///
/// 1. A `deny` rule that matches the address, as it is or normalised, denies.
/// 2. An `allow` rule that matches the normalised address allows.
/// 3. Where `allow` has any rule, everything else is denied.
/// 4. What is dangerous to whoever runs the service is denied: see [#DENIED_BY_DEFAULT].
/// 5. The rest is allowed.
public final class TargetPolicy {

    /// Denied unless an `allow` rule names it: link-local and the metadata services of clouds,
    /// multicast, broadcast, and the unspecified addresses, which connect to the host itself.
    public static final List<String> DENIED_BY_DEFAULT =
            List.of(
                    "0.0.0.0/8",
                    "::/128",
                    "169.254.0.0/16",
                    "fe80::/10",
                    "fd00:ec2::254/128",
                    "fd20:ce::254/128",
                    "100.100.100.200/32",
                    "168.63.129.16/32",
                    "192.0.0.192/32",
                    // An IPv4 address is in them, where exactly depends on the network.
                    "64:ff9b:1::/48",
                    "2001::/32",
                    "224.0.0.0/4",
                    "ff00::/8",
                    "255.255.255.255/32");

    /// Denied by default as well, where the service can be reached from other machines.
    public static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1/128");

    private final List<AddressRule> allow;
    private final List<AddressRule> deny;
    private final List<AddressRule> deniedByDefault;

    /// Reads the rules.
    ///
    /// @param loopbackAllowed whether loopback is left out of the set that is denied by default
    /// @throws IllegalArgumentException where a rule cannot be read, with the rule
    public TargetPolicy(List<String> allow, List<String> deny, boolean loopbackAllowed) {
        this.allow = allow.stream().map(AddressRule::parse).toList();
        this.deny = deny.stream().map(AddressRule::parse).toList();
        Stream<String> byDefault =
                loopbackAllowed
                        ? DENIED_BY_DEFAULT.stream()
                        : Stream.concat(DENIED_BY_DEFAULT.stream(), LOOPBACK.stream());
        this.deniedByDefault = byDefault.map(AddressRule::parse).toList();
    }

    /// What the policy says of one address and port.
    ///
    /// @param address the one that would really be connected to, never a name
    public Decision decide(InetAddress address, int port) {
        AddressBits bits = AddressBits.of(address);
        AddressBits normalised = bits.normalised();
        if (anyMatch(deny, bits, port) || anyMatch(deny, normalised, port)) {
            return Decision.DENIED_BY_RULE;
        }
        if (anyMatch(allow, normalised, port)) {
            return Decision.ALLOWED;
        }
        if (!allow.isEmpty()) {
            return Decision.NOT_ALLOWED;
        }
        return anyMatch(deniedByDefault, bits, port) || anyMatch(deniedByDefault, normalised, port)
                ? Decision.DENIED_BY_DEFAULT
                : Decision.ALLOWED;
    }

    private static boolean anyMatch(List<AddressRule> rules, AddressBits address, int port) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).matches(address, port)) {
                return true;
            }
        }
        return false;
    }
}
