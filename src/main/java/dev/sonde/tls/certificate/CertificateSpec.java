package dev.sonde.tls.certificate;

import dev.sonde.probe.spec.ResourceName;
import dev.sonde.probe.spec.Target;
import java.time.Duration;
import java.util.List;

/// A certificate that somebody asks the built-in authority for.
///
/// @param name unique; `ca` is the authority's own
/// @param hosts names and addresses that it is to vouch for; a server's has at least one, at most
///     100
/// @param validFor 1 s to 10 years, cut to the authority's own time
public record CertificateSpec(
        String name, CertificateKind kind, List<String> hosts, Duration validFor) {

    public static final Duration USUAL_VALIDITY = Duration.ofDays(90);
    public static final Duration SHORTEST_VALIDITY = Duration.ofSeconds(1);
    public static final Duration LONGEST_VALIDITY = Duration.ofDays(3_650);
    public static final int MOST_HOSTS = 100;

    private static final String ANY_LABEL = "*.";

    public CertificateSpec {
        requireName(name);
        hosts = List.copyOf(hosts);
        if (hosts.size() > MOST_HOSTS) {
            throw new IllegalArgumentException("at most " + MOST_HOSTS + " hosts");
        }
        if (kind == CertificateKind.SERVER && hosts.isEmpty()) {
            throw new IllegalArgumentException("a server's certificate needs a host");
        }
        hosts.forEach(CertificateSpec::requireHost);
        if (validFor.compareTo(SHORTEST_VALIDITY) < 0 || validFor.compareTo(LONGEST_VALIDITY) > 0) {
            throw new IllegalArgumentException("from 1s to 3650d");
        }
    }

    /// Refuses what may not name a certificate.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the name
    public static String requireName(String name) {
        ResourceName.requireValid(name);
        if (name.equals("ca")) {
            throw new IllegalArgumentException("\"ca\" is the authority's own");
        }
        return name;
    }

    /// Refuses what is neither a name, perhaps with `*.` before it, nor an address.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the host
    public static String requireHost(String host) {
        boolean isWild = host.startsWith(ANY_LABEL);
        Target read = new Target(isWild ? host.substring(ANY_LABEL.length()) : host, 1);
        if (isWild && read.isLiteral()) {
            throw new IllegalArgumentException("\"*.\" goes with names, not with addresses");
        }
        return host;
    }
}
