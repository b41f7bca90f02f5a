package dev.sonde.probe.spec;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// The rule for the host of a target.
///
/// An address has exactly one spelling here. Some programs read `127.1`, `2130706433`, `0177.0.0.1`
/// and `0x7f.1` as addresses, others as names. A host that ends in a number must therefore be four
/// decimal octets without leading zeros. The source is WHATWG URL, "ends in a number checker". Any
/// other is refused.
final class HostText {

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    /// The name of an interface (15 bytes at most, linux/if.h), or its number.
    private static final Pattern ZONE = Pattern.compile("[^\\s/%\\[\\]]{1,15}");

    private static final Pattern ENDS_IN_A_NUMBER =
            Pattern.compile("(?:.*\\.)?(?:\\d+|0[xX][0-9a-fA-F]*)\\.?");

    private HostText() {}

    static void requireValid(String host) {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the host is missing");
        }
        if (host.indexOf(':') >= 0) {
            requireIpv6(host);
        } else if (isCanonicalIpv4(host)) {
            return;
        } else if (endsInANumber(host)) {
            throw new IllegalArgumentException(
                    "an IPv4 address is four decimal numbers from 0 to 255 without leading zeros, not \""
                            + Excerpt.of(host)
                            + "\"");
        } else {
            requireName(host);
        }
    }

    /// Whether a valid host is an address, whatever interface it names.
    static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || isCanonicalIpv4(host);
    }

    static Optional<InetAddress> literal(String host) throws InterfaceGoneException {
        if (host.indexOf(':') >= 0) {
            return Optional.of(ipv6(host));
        }
        return isCanonicalIpv4(host) ? Optional.of(Inet4Address.ofLiteral(host)) : Optional.empty();
    }

    /// An interface comes and goes, so its name is looked up when the address is wanted.
    private static InetAddress ipv6(String host) throws InterfaceGoneException {
        try {
            return Inet6Address.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            throw new InterfaceGoneException(host, e);
        }
    }

    private static String withoutZone(String host) {
        int percent = host.indexOf('%');
        boolean isZone = percent >= 0 && ZONE.matcher(host.substring(percent + 1)).matches();
        return isZone ? host.substring(0, percent) : host;
    }

    private static void requireIpv6(String host) {
        int colon = host.lastIndexOf(':');
        boolean canonical =
                !host.startsWith("[")
                        && (host.indexOf('.') < 0 || isCanonicalIpv4(host.substring(colon + 1)));
        if (!canonical) {
            throw new IllegalArgumentException("not an IPv6 address: \"" + Excerpt.of(host) + "\"");
        }
        try {
            Inet6Address.ofLiteral(withoutZone(host));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "not an IPv6 address: \"" + Excerpt.of(host) + "\"", e);
        }
    }

    private static boolean isCanonicalIpv4(String host) {
        int octets = 0;
        int value = -1;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == '.' && value >= 0) {
                octets++;
                value = -1;
            } else if (c >= '0' && c <= '9' && value != 0) {
                value = Math.max(value, 0) * 10 + (c - '0');
                if (value > 255) {
                    return false;
                }
            } else {
                return false;
            }
        }
        return octets == 3 && value >= 0;
    }

    private static boolean endsInANumber(String host) {
        return host.length() <= LONGEST_NAME && ENDS_IN_A_NUMBER.matcher(host).matches();
    }

    private static void requireName(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a host name has at most 253 characters, this one has " + name.length());
        }
        for (String label : name.split("\\.", -1)) {
            requireLabel(label, host);
        }
    }

    private static void requireLabel(String label, String host) {
        boolean valid =
                !label.isEmpty()
                        && label.length() <= LONGEST_LABEL
                        && label.charAt(0) != '-'
                        && label.charAt(label.length() - 1) != '-'
                        && label.chars().allMatch(HostText::isNameCharacter);
        if (!valid) {
            throw new IllegalArgumentException(
                    "not a host name: \""
                            + Excerpt.of(host)
                            + "\"; a name is labels of 1 to 63 letters, digits, \"-\" and "
                            + "\"_\", joined by dots (xn-- if international)");
        }
    }

    private static boolean isNameCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_';
    }
}
