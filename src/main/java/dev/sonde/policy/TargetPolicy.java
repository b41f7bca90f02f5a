package dev.sonde.policy;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/// Decides whether an address may be connected to. Immutable; a decision has no side effect.
///
/// 1. A `deny` rule denies if it matches the address as written, the connected address, or an IPv4
///    address inside. The unspecified addresses connect to loopback.
/// 2. An `allow` rule that matches the address that packets end up at allows. So does an option
///    `--allow` of a command.
/// 3. If `allow` has any rule, everything else is denied.
/// 4. Addresses that are dangerous to the operator are denied: see [#BY_DEFAULT].
/// 5. The rest is allowed.
///
/// Probes and checks reach this host's own ports in spite of 3 and 4.
public final class TargetPolicy {

    /// Denied unless an `allow` rule names it: the unspecified addresses, which connect to the host
    /// itself, metadata services of clouds, link-local, multicast and broadcast.
    private static final List<Denied> BY_DEFAULT =
            List.of(
                    // An IPv4 address is in them, where exactly depends on the network.
                    Denied.of(Decision.DENIED_TRANSLATED, "64:ff9b:1::/48", "2001::/32"),
                    Denied.of(Decision.DENIED_UNSPECIFIED, "0.0.0.0/8", "::/128"),
                    Denied.of(
                            Decision.DENIED_METADATA,
                            "169.254.169.254/32",
                            "fd00:ec2::254/128",
                            "fd20:ce::254/128",
                            "100.100.100.200/32",
                            "168.63.129.16/32",
                            "192.0.0.192/32"),
                    Denied.of(Decision.DENIED_LINK_LOCAL, "169.254.0.0/16", "fe80::/10"),
                    Denied.of(
                            Decision.DENIED_MULTICAST,
                            "224.0.0.0/4",
                            "ff00::/8",
                            "255.255.255.255/32"));

    /// Denied by default as well, where the service can be reached from other machines.
    private static final Denied LOOPBACK =
            Denied.of(Decision.DENIED_LOOPBACK, "127.0.0.0/8", "::1/128");

    /// Addresses that are denied by default, and the decision that says so.
    private record Denied(Decision decision, List<AddressRule> rules) {

        static Denied of(Decision decision, String... rules) {
            return new Denied(decision, Stream.of(rules).map(AddressRule::parse).toList());
        }
    }

    private final List<AddressRule> allow;
    private final List<AddressRule> opened;
    private final List<AddressRule> deny;
    private final List<Denied> deniedByDefault;
    private final OwnPorts own;

    /// Reads the rules.
    ///
    /// @param loopbackAllowed whether loopback is left out of the set that is denied by default
    /// @throws IllegalArgumentException where a rule cannot be read, with the rule
    public TargetPolicy(List<String> allow, List<String> deny, boolean loopbackAllowed) {
        this(allow, deny, loopbackAllowed, OwnPorts.NONE);
    }

    /// Reads the rules.
    ///
    /// @param loopbackAllowed whether loopback is left out of the set that is denied by default
    /// @param own the ports of this host that probes may reach unless a rule denies them
    /// @throws IllegalArgumentException where a rule cannot be read, with the rule
    public TargetPolicy(
            List<String> allow, List<String> deny, boolean loopbackAllowed, OwnPorts own) {
        this(allow, List.of(), deny, loopbackAllowed, own);
    }

    private TargetPolicy(
            List<String> allow,
            List<String> opened,
            List<String> deny,
            boolean loopbackAllowed,
            OwnPorts own) {
        this.own = own;
        this.allow = allow.stream().map(AddressRule::parse).toList();
        this.opened = opened.stream().map(AddressRule::parse).toList();
        this.deny = deny.stream().map(AddressRule::parse).toList();
        this.deniedByDefault =
                loopbackAllowed
                        ? BY_DEFAULT
                        : Stream.concat(BY_DEFAULT.stream(), Stream.of(LOOPBACK)).toList();
    }

    /// The policy of a command, which runs for its caller only.
    ///
    /// @param opened the addresses of `--allow`: allowed beside the rest, unless a rule denies them
    /// @throws IllegalArgumentException where a rule cannot be read, with the rule
    public static TargetPolicy ofCommand(
            List<String> allow, List<String> deny, List<String> opened) {
        return new TargetPolicy(allow, opened, deny, true, OwnPorts.NONE);
    }

    /// The policy's decision on one address and port.
    ///
    /// @param address the resolved address of the connect, never a name
    public Decision decide(InetAddress address, int port) {
        AddressBits written = AddressBits.of(address);
        AddressBits connected = written.connected();
        List<AddressBits> embedded = EmbeddedIpv4.all(connected);
        if (matchesAny(deny, written, connected, embedded, port)) {
            return Decision.DENIED_BY_RULE;
        }
        if (isNamed(allow, connected, port) || isNamed(opened, connected, port)) {
            return Decision.ALLOWED;
        }
        if (!allow.isEmpty()) {
            return Decision.NOT_ALLOWED;
        }
        for (int i = 0; i < deniedByDefault.size(); i++) {
            Denied denied = deniedByDefault.get(i);
            if (matchesAny(denied.rules(), written, connected, embedded, port)) {
                return denied.decision();
            }
        }
        return Decision.ALLOWED;
    }

    /// The policy's decision on one address and port for a probe or a check. This host's listeners
    /// and its own API may be probed beside the rest.
    ///
    /// @param address the resolved address of the connect, never a name
    public Decision decideProbe(InetAddress address, int port) {
        Decision decision = decide(address, port);
        return decision.isOpenedByAllow() && own.isOwn(address, port) ? Decision.ALLOWED : decision;
    }

    /// A translated address has to be named as it is and as the IPv4 address that it carries. A
    /// rule for IPv6 opens no IPv4 address.
    private static boolean isNamed(List<AddressRule> rules, AddressBits connected, int port) {
        AddressBits normalised = EmbeddedIpv4.normalised(connected);
        return anyMatch(rules, normalised, port)
                && (!EmbeddedIpv4.isTranslated(connected)
                        || anyMatch(rules, AddressBits.mapped(connected.low()), port));
    }

    private static boolean matchesAny(
            List<AddressRule> rules,
            AddressBits written,
            AddressBits connected,
            List<AddressBits> embedded,
            int port) {
        if (anyMatch(rules, written, port) || anyMatch(rules, connected, port)) {
            return true;
        }
        for (int i = 0; i < embedded.size(); i++) {
            if (anyMatch(rules, embedded.get(i), port)) {
                return true;
            }
        }
        return false;
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
