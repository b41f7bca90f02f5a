package dev.sonde.probe.spec;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A TLS handshake on the connection, as the client.
///
/// @param serverName the name that is asked for (SNI) and that the certificate has to bear; the
///     target's host when absent
/// @param alpn protocols that are offered, the preferred one first; none when empty
/// @param minVersion the oldest version that is offered; the oldest there is when absent
/// @param maxVersion the newest; the newest there is when absent
/// @param client the certificate for a server that asks for one; none when absent
public record TlsSettings(
        @Nullable String serverName,
        List<String> alpn,
        @Nullable TlsVersion minVersion,
        @Nullable TlsVersion maxVersion,
        TlsTrust trust,
        @Nullable ClientIdentity client)
        implements StepSettings {

    /// The target's name, any version, and what this host trusts.
    public static final TlsSettings DEFAULT =
            new TlsSettings(null, List.of(), null, null, new TlsTrust.Host(), null);

    private static final int MOST_PROTOCOLS = 16;
    private static final int LONGEST_PROTOCOL = 255;

    public TlsSettings {
        if (serverName != null) {
            var _ = new Target(serverName, 1);
        }
        alpn = requireProtocols(alpn);
        if (minVersion != null && maxVersion != null && minVersion.compareTo(maxVersion) > 0) {
            throw new IllegalArgumentException("minVersion is newer than maxVersion");
        }
    }

    /// Refuses protocols that cannot be offered.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote them
    public static List<String> requireProtocols(List<String> alpn) {
        if (alpn.size() > MOST_PROTOCOLS) {
            throw new IllegalArgumentException("at most " + MOST_PROTOCOLS + " protocols");
        }
        for (String protocol : alpn) {
            if (protocol.isEmpty()
                    || protocol.length() > LONGEST_PROTOCOL
                    || !protocol.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                throw new IllegalArgumentException(
                        "a protocol has 1 to 255 printable ASCII characters");
            }
        }
        return List.copyOf(alpn);
    }

    public TlsSettings withServerName(String name) {
        return new TlsSettings(name, alpn, minVersion, maxVersion, trust, client);
    }

    @Override
    public Phase phase() {
        return Phase.TLS;
    }

    @Override
    public Duration longest() {
        return Duration.ZERO;
    }
}
