package dev.sonde.web;

import java.net.InetAddress;
import java.util.List;
import org.apache.catalina.util.NetMask;

/// The proxies whose forwarded headers count: `sonde.security.trusted-proxies`, each an address or
/// a CIDR. Immutable.
public final class TrustedProxies {

    static final String PROPERTY = "sonde.security.trusted-proxies";

    private final List<NetMask> masks;
    private final String text;

    /// @throws IllegalArgumentException with a sentence that names the property and the entry
    public TrustedProxies(List<String> entries) {
        this.masks = entries.stream().map(TrustedProxies::parse).toList();
        this.text = String.join(",", entries);
    }

    boolean contains(InetAddress address) {
        return masks.stream().anyMatch(mask -> mask.matches(address));
    }

    boolean isEmpty() {
        return masks.isEmpty();
    }

    /// As the server's own valve takes them.
    String text() {
        return text;
    }

    private static NetMask parse(String entry) {
        try {
            return new NetMask(entry.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: \"%s\" is no address and no CIDR".formatted(PROPERTY, entry), e);
        }
    }
}
