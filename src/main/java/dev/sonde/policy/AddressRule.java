package dev.sonde.policy;

import dev.sonde.probe.spec.Excerpt;
import dev.sonde.probe.spec.InterfaceGoneException;
import dev.sonde.probe.spec.Target;
import java.net.InetAddress;

/// A block of addresses with a range of ports: `CIDR`, `CIDR:port` or `CIDR:from-to`. An IPv6 block
/// with ports stands in brackets (`[2001:db8::/32]:443`), or its address does
/// (`[2001:db8::]/32:443`). A single address is a block of one.
///
/// @param prefix bits of the 128 that have to agree
/// @param text the rule as it was written
record AddressRule(AddressBits network, int prefix, int fromPort, int toPort, String text) {

    private static final int MAPPED_BITS = 96;
    private static final String ALL_PORTS = "1-65535";

    /// @throws IllegalArgumentException with a sentence that names the rule
    static AddressRule parse(String text) {
        String trimmed = text.strip();
        try {
            return trimmed.startsWith("[") ? parseBracketed(trimmed) : parsePlain(trimmed);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"%s\" is not CIDR, CIDR:port or CIDR:from-to: %s"
                            .formatted(Excerpt.of(text), e.getMessage()),
                    e);
        }
    }

    boolean matches(AddressBits address, int port) {
        return port >= fromPort && port <= toPort && contains(address);
    }

    /// Whether the block contains an address. An IPv6 block contains no IPv4 address, although IPv4
    /// addresses are mapped here.
    boolean contains(AddressBits address) {
        if (prefix < MAPPED_BITS && address.isIpv4()) {
            return false;
        }
        long highMask = mask(Math.min(prefix, 64));
        long lowMask = mask(Math.max(prefix - 64, 0));
        return ((address.high() ^ network.high()) & highMask) == 0
                && ((address.low() ^ network.low()) & lowMask) == 0;
    }

    /// Whether the block is all of IPv4, all of IPv6, or one address.
    boolean isWholeFamilyOrOneAddress() {
        return prefix == 0 || prefix == 128 || (prefix == MAPPED_BITS && network.isIpv4());
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }

    private static AddressRule parseBracketed(String text) {
        int end = text.indexOf(']');
        if (end < 0) {
            throw new IllegalArgumentException("the closing bracket is missing");
        }
        if (text.lastIndexOf(':', end) < 0) {
            throw new IllegalArgumentException("in brackets stands an IPv6 block");
        }
        String rest = text.substring(end + 1);
        int colon = rest.indexOf(':');
        String length = colon < 0 ? rest : rest.substring(0, colon);
        String inside = text.substring(1, end);
        boolean isLength = length.startsWith("/") && inside.indexOf('/') < 0;
        if (!length.isEmpty() && !isLength) {
            throw new IllegalArgumentException(
                    "after the bracket comes :port, or the length of the block once");
        }
        return rule(inside + length, colon < 0 ? ALL_PORTS : rest.substring(colon + 1), text);
    }

    private static AddressRule parsePlain(String text) {
        int colon = text.indexOf(':');
        boolean ipv6 = colon >= 0 && text.indexOf(':', colon + 1) >= 0;
        return colon < 0 || ipv6
                ? rule(text, ALL_PORTS, text)
                : rule(text.substring(0, colon), text.substring(colon + 1), text);
    }

    private static AddressRule rule(String block, String ports, String text) {
        int slash = block.indexOf('/');
        InetAddress address = address(slash < 0 ? block : block.substring(0, slash));
        int width = address.getAddress().length * 8;
        int length = slash < 0 ? width : length(block.substring(slash + 1), width);
        int prefix = width == 32 ? MAPPED_BITS + length : length;
        int dash = ports.indexOf('-');
        int from = port(dash < 0 ? ports : ports.substring(0, dash));
        int to = dash < 0 ? from : port(ports.substring(dash + 1));
        if (from > to) {
            throw new IllegalArgumentException("the port range ends before it begins");
        }
        return new AddressRule(AddressBits.of(address), prefix, from, to, text);
    }

    private static InetAddress address(String text) {
        try {
            return new Target(text, 1)
                    .address()
                    .orElseThrow(() -> new IllegalArgumentException("names are never matched"));
        } catch (InterfaceGoneException e) {
            throw new IllegalArgumentException(e.sentence(), e);
        }
    }

    private static int port(String text) {
        return number(text, 1, 65_535);
    }

    private static int length(String text, int width) {
        return number(text, 0, width);
    }

    private static int number(String text, int least, int most) {
        int value = -1;
        if (text.matches("\\d{1,5}")) {
            value = Integer.parseInt(text);
        }
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "expected a number from %d to %d, not \"%s\""
                            .formatted(least, most, Excerpt.of(text)));
        }
        return value;
    }
}
