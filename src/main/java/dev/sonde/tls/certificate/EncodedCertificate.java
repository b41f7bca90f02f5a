package dev.sonde.tls.certificate;

import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.probe.spec.AddressText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/// Facts of a certificate that the JDK cannot read.
public final class EncodedCertificate {

    private EncodedCertificate() {}

    /// The facts by Bouncy Castle; absent where it cannot read the certificate either.
    public static @Nullable CertificateFacts facts(byte[] encoded) {
        try {
            X509CertificateHolder read = new X509CertificateHolder(encoded);
            return new CertificateFacts(
                    text(read.getSubject()),
                    text(read.getIssuer()),
                    names(read),
                    read.getSerialNumber().toString(16),
                    Fingerprint.of(encoded),
                    read.getNotBefore().toInstant(),
                    read.getNotAfter().toInstant());
        } catch (IOException | RuntimeException _) {
            return null;
        }
    }

    private static String text(X500Name name) throws IOException {
        try {
            return new X500Principal(name.getEncoded()).getName();
        } catch (IllegalArgumentException _) {
            return name.toString();
        }
    }

    private static List<String> names(X509CertificateHolder certificate)
            throws UnknownHostException {
        List<String> names = new ArrayList<>();
        for (GeneralName name : borne(certificate)) {
            switch (name.getTagNo()) {
                case GeneralName.dNSName -> names.add(name.getName().toString());
                case GeneralName.iPAddress -> {
                    byte[] octets = ASN1OctetString.getInstance(name.getName()).getOctets();
                    names.add(AddressText.of(InetAddress.getByAddress(octets)));
                }
                default -> {} // neither a DNS name nor an address
            }
        }
        return names;
    }

    private static GeneralName[] borne(X509CertificateHolder certificate) {
        Extension names = certificate.getExtension(Extension.subjectAlternativeName);
        try {
            return names == null
                    ? new GeneralName[0]
                    : GeneralNames.getInstance(names.getParsedValue()).getNames();
        } catch (IllegalArgumentException _) {
            return new GeneralName[0];
        }
    }
}
