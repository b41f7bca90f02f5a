package dev.sonde.tls.certificate;

import dev.sonde.probe.spec.Target;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes key pairs (P-256) and certificates (RFC 5280).
public final class CertificateMaker {

    private static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3_650);

    /// How far a certificate is backdated, because the clocks of peers may differ from ours.
    private static final Duration BACKDATED = Duration.ofMinutes(5);

    private static final int SERIAL_BITS = 127;

    private final SecureRandom random = new SecureRandom();

    /// An authority of its own making, with a name that no other one has.
    public KeyMaterial authority(Instant now) {
        KeyPair keys = keyPair();
        byte[] tag = new byte[4];
        random.nextBytes(tag);
        X500Name name = name("Sonde authority " + HexFormat.of().formatHex(tag));
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            name,
                            serial(),
                            Date.from(now.minus(BACKDATED)),
                            Date.from(now.plus(AUTHORITY_VALIDITY)),
                            name,
                            keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            var ids = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    ids.createSubjectKeyIdentifier(keys.getPublic()));
            return new KeyMaterial(keys.getPrivate(), List.of(signed(builder, keys)));
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("no certificate could be made", e);
        }
    }

    /// A certificate that `issuer` vouches for.
    KeyMaterial issue(CertificateSpec spec, KeyMaterial issuer, Instant now) {
        KeyPair keys = keyPair();
        X509Certificate ca = issuer.chain().getFirst();
        Instant wanted = now.plus(spec.validFor());
        Instant latest = ca.getNotAfter().toInstant();
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            ca,
                            serial(),
                            Date.from(now.minus(BACKDATED)),
                            Date.from(wanted.isAfter(latest) ? latest : wanted),
                            new X500Principal(name(spec.name()).toString()),
                            keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(spec.kind().purpose()));
            if (!spec.hosts().isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, names(spec.hosts()));
            }
            var ids = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(ca));
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    ids.createSubjectKeyIdentifier(keys.getPublic()));
            X509Certificate own = signed(builder, new KeyPair(ca.getPublicKey(), issuer.key()));
            return new KeyMaterial(keys.getPrivate(), List.of(own, ca));
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("no certificate could be made", e);
        }
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder, KeyPair signer)
            throws GeneralSecurityException {
        try {
            X509CertificateHolder holder =
                    builder.build(
                            new JcaContentSignerBuilder("SHA256withECDSA")
                                    .build(signer.getPrivate()));
            return new JcaX509CertificateConverter().getCertificate(holder);
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static GeneralNames names(List<String> hosts) {
        return new GeneralNames(
                hosts.stream().map(CertificateMaker::generalName).toArray(GeneralName[]::new));
    }

    private static GeneralName generalName(String host) {
        boolean isAddress = !host.startsWith("*") && new Target(host, 1).isLiteral();
        return new GeneralName(isAddress ? GeneralName.iPAddress : GeneralName.dNSName, host);
    }

    private static X500Name name(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
    }

    private BigInteger serial() {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1);
    }

    private static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }
}
