package dev.sonde.tls.certificate;

import dev.sonde.probe.spec.AddressText;
import java.net.Inet6Address;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/// A certificate that the built-in authority has issued; without its key.
///
/// @param chain the certificate and the authority's own, in this order
public record IssuedCertificate(String name, CertificateKind kind, List<X509Certificate> chain) {

    /// Tags of GeneralName (RFC 5280 section 4.2.1.6).
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;

    public IssuedCertificate {
        chain = List.copyOf(chain);
    }

    /// Reads the kind from the certificate.
    ///
    /// @param chain the certificate first
    public static IssuedCertificate of(String name, List<X509Certificate> chain) {
        try {
            List<String> purposes = chain.getFirst().getExtendedKeyUsage();
            boolean isServer =
                    purposes != null && purposes.contains(CertificateKind.SERVER.purpose().getId());
            return new IssuedCertificate(
                    name, isServer ? CertificateKind.SERVER : CertificateKind.CLIENT, chain);
        } catch (CertificateParsingException e) {
            throw new IllegalStateException("a certificate of ours cannot be read: " + name, e);
        }
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /// The names and addresses that it vouches for.
    public List<String> hosts() {
        return hostsOf(certificate());
    }

    /// The JDK writes all groups of an IPv6 address.
    private static String text(String host) {
        return host.indexOf(':') < 0 ? host : AddressText.of(Inet6Address.ofLiteral(host));
    }

    /// The names and addresses that a certificate bears.
    public static List<String> hostsOf(X509Certificate certificate) {
        return borneBy(certificate, List.of(DNS_NAME, IP_ADDRESS));
    }

    /// The DNS names of a certificate.
    public static List<String> namesOf(X509Certificate certificate) {
        return borneBy(certificate, List.of(DNS_NAME));
    }

    /// The addresses of a certificate.
    public static List<String> addressesOf(X509Certificate certificate) {
        return borneBy(certificate, List.of(IP_ADDRESS));
    }

    private static List<String> borneBy(X509Certificate certificate, List<Integer> tags) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> tags.contains(name.getFirst()))
                            .map(name -> text(String.valueOf(name.get(1))))
                            .toList();
        } catch (CertificateParsingException _) {
            return List.of(); // without readable names none can match
        }
    }
}
