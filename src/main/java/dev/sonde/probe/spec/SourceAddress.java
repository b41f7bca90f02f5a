package dev.sonde.probe.spec;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// The local address to connect from, as it was written. Its interface may come and go, so an
/// address with a zone is looked up at each use. Immutable.
public final class SourceAddress {

    private final String text;

    /// Absent where the address has a zone.
    private final @Nullable InetAddress fixed;

    private SourceAddress(String text, @Nullable InetAddress fixed) {
        this.text = text;
        this.fixed = fixed;
    }

    /// Reads a literal; the interface that its zone names need not exist.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the text
    public static SourceAddress parse(String text) {
        HostText.requireValid(text);
        int zone = text.indexOf('%');
        InetAddress address = address(zone < 0 ? text : text.substring(0, zone));
        String canonical = AddressText.of(address);
        return zone < 0
                ? new SourceAddress(canonical, address)
                : new SourceAddress(canonical + text.substring(zone), null);
    }

    private static InetAddress address(String literal) {
        try {
            return HostText.literal(literal)
                    .orElseThrow(() -> new IllegalArgumentException("an address, not a name"));
        } catch (InterfaceGoneException e) {
            throw e.refusal();
        }
    }

    /// Reads a literal as a person gives it: an interface that it names is one of this host.
    ///
    /// @throws IllegalArgumentException as [#parse]
    public static SourceAddress parseHere(String text) {
        SourceAddress source = parse(text);
        try {
            var _ = source.address();
            return source;
        } catch (InterfaceGoneException e) {
            throw e.refusal();
        }
    }

    /// The source of this address.
    public static SourceAddress of(InetAddress address) {
        return parse(AddressText.of(address));
    }

    /// The address, with its interface as it is now.
    public InetAddress address() throws InterfaceGoneException {
        return fixed == null ? HostText.literal(text).orElseThrow() : fixed;
    }

    public boolean isIpv4() {
        return text.indexOf(':') < 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SourceAddress that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /// `a.b.c.d` or `v6` with its zone, without brackets.
    @Override
    public String toString() {
        return text;
    }
}
