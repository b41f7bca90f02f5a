package dev.sonde.security;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The accepted names of the service: those that always mean this host (RFC 6761 section 6.3), and
/// the configured ones. No name is looked up.
final class HostNames {

    private static final String LOCAL = "localhost";

    private final Set<String> more;

    HostNames(List<String> more) {
        this.more = more.stream().map(HostNames::plain).collect(Collectors.toUnmodifiableSet());
    }

    /// @param host without a port
    boolean isOurs(@Nullable String host) {
        if (host == null) {
            return false;
        }
        String name = plain(host);
        return name.equals(LOCAL)
                || name.endsWith("." + LOCAL)
                || more.contains(name)
                || isLoopback(name);
    }

    private static boolean isLoopback(String name) {
        try {
            return InetAddress.ofLiteral(name).isLoopbackAddress();
        } catch (IllegalArgumentException _) {
            // A name, and not one of ours.
            return false;
        }
    }

    /// In small letters, without brackets or the root's dot.
    private static String plain(String host) {
        String name = host.strip().toLowerCase(Locale.ROOT);
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
