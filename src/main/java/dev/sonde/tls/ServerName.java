package dev.sonde.tls;

import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.InterfaceGoneException;
import dev.sonde.probe.spec.Target;
import dev.sonde.tls.certificate.IssuedCertificate;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.StandardConstants;

/// The name of a server, as a client asks for it. Hosts have names with underscores, although RFC
/// 952 forbids them. The JDK neither asks for such a name nor finds it in a certificate.
final class ServerName {

    /// A name that the JDK would not take.
    private static final class Unusual extends SNIServerName {
        Unusual(String name) {
            super(StandardConstants.SNI_HOST_NAME, name.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private ServerName() {}

    /// @param name not an address
    static SNIServerName of(String name) {
        String host = withoutDot(name);
        return isUnusual(name) ? new Unusual(host) : new SNIHostName(host);
    }

    /// Whether the JDK would not take it.
    static boolean isUnusual(String name) {
        return name.indexOf('_') >= 0 && !new Target(name, 1).isLiteral();
    }

    /// Whether a certificate bears the name (RFC 9525 section 6): an address as an address, a name
    /// as it is or with `*` for all of its first label. The common name never counts.
    static boolean isBorne(String name, X509Certificate certificate) {
        Target target = new Target(name, 1);
        if (target.isLiteral()) {
            return isBorne(target, certificate);
        }
        String host = withoutDot(name).toLowerCase(Locale.ROOT);
        int dot = host.indexOf('.');
        String wild = dot < 0 ? host : "*" + host.substring(dot);
        return IssuedCertificate.namesOf(certificate).stream()
                .map(borne -> borne.toLowerCase(Locale.ROOT))
                .anyMatch(borne -> borne.equals(host) || borne.equals(wild));
    }

    /// False for an address whose interface is gone.
    private static boolean isBorne(Target literal, X509Certificate certificate) {
        try {
            InetAddress address = literal.address().orElseThrow();
            return IssuedCertificate.addressesOf(certificate).contains(AddressText.of(address));
        } catch (InterfaceGoneException _) {
            return false;
        }
    }

    private static String withoutDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }
}
