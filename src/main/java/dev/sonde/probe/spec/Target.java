package dev.sonde.probe.spec;

import java.net.InetAddress;
import java.util.Optional;

/// A TCP endpoint as the user wrote it: a name or an address literal, and a port. Not yet resolved.
///
/// @param host a DNS name, a canonical IPv4 literal, or an IPv6 literal without brackets
/// @param port 1..65535; port 0 is not a destination (RFC 6335 section 6)
public record Target(String host, int port) {

    public Target {
        HostText.requireValid(host);
        requirePort(port);
    }

    /// Reads `host:port`, `a.b.c.d:port` or `[v6]:port` as a person gives it: an interface that it
    /// names is one of this host.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the text
    public static Target parseHere(String text) {
        return parse(text).requireHere();
    }

    /// Reads `host:port`, `a.b.c.d:port` or `[v6]:port`. The interface that a zone names need not
    /// exist, because a stored target may outlive it.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the text
    public static Target parse(String text) {
        HostAndPort parts = HostAndPort.split(text);
        if (parts.bracketed() && parts.host().indexOf(':') < 0) {
            throw new IllegalArgumentException(
                    "in brackets stands an IPv6 address, not \"" + Excerpt.of(parts.host()) + "\"");
        }
        return new Target(parts.host(), port(parts.port()));
    }

    /// The same target, which names no interface or one of this host.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote it
    public Target requireHere() {
        try {
            var _ = address();
            return this;
        } catch (InterfaceGoneException e) {
            throw e.refusal();
        }
    }

    /// Whether the host is an address, so that nothing needs to be resolved.
    public boolean isLiteral() {
        return HostText.isLiteral(host);
    }

    /// The address, when the host is a literal, with the interface of its zone as it is now.
    public Optional<InetAddress> address() throws InterfaceGoneException {
        return HostText.literal(host);
    }

    /// Reads a decimal port without sign or leading zeros.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the text
    public static int port(String text) {
        boolean decimal =
                !text.isEmpty() && text.length() <= 5 && isDecimal(text) && text.charAt(0) != '0';
        if (!decimal) {
            throw new IllegalArgumentException(
                    "a port is a decimal number from 1 to 65535, not \"" + Excerpt.of(text) + "\"");
        }
        return requirePort(Integer.parseInt(text));
    }

    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static int requirePort(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is from 1 to 65535, not " + port);
        }
        return port;
    }

    @Override
    public String toString() {
        return bracketed(host) + ":" + port;
    }

    /// A host as it stands before a port: an IPv6 literal is in brackets.
    public static String bracketed(String host) {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }
}
