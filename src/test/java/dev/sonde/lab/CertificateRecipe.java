package dev.sonde.lab;

import dev.sonde.tls.certificate.KeyMaterial;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/// A certificate as no sound authority issues it.
///
/// @param subject its common name
/// @param names `dns:` or `ip:` and the name
/// @param validFor from a day before now; negative for one that has ended
/// @param digest of its signature, such as SHA256
/// @param permitted the only domain that it may vouch for; null for all
public record CertificateRecipe(
        String subject,
        List<String> names,
        Duration validFor,
        String digest,
        boolean isAuthority,
        @Nullable String permitted) {

    public static CertificateRecipe leaf(String... names) {
        return new CertificateRecipe(
                "localhost", List.of(names), Duration.ofDays(1), "SHA256", false, null);
    }

    public static CertificateRecipe authority(String subject) {
        return new CertificateRecipe(subject, List.of(), Duration.ofDays(1), "SHA256", true, null);
    }

    public CertificateRecipe ended() {
        return new CertificateRecipe(
                subject, names, Duration.ofHours(-1), digest, isAuthority, permitted);
    }

    public CertificateRecipe signedWith(String other) {
        return new CertificateRecipe(subject, names, validFor, other, isAuthority, permitted);
    }

    public CertificateRecipe permitting(String domain) {
        return new CertificateRecipe(subject, names, validFor, digest, isAuthority, domain);
    }

    /// Makes it, signed by `issuer` or, without one, by itself.
    public KeyMaterial make(@Nullable KeyMaterial issuer) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        X500Name own = new X500Name("CN=" + subject);
        X500Name by =
                issuer == null
                        ? own
                        : X500Name.getInstance(
                                issuer.chain().getFirst().getSubjectX500Principal().getEncoded());
        Instant now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        by,
                        BigInteger.valueOf(System.nanoTime()),
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(validFor)),
                        own,
                        keys.getPublic());
        if (isAuthority) {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        }
        if (permitted != null) {
            GeneralSubtree only =
                    new GeneralSubtree(new GeneralName(GeneralName.dNSName, permitted));
            builder.addExtension(
                    Extension.nameConstraints,
                    true,
                    new NameConstraints(new GeneralSubtree[] {only}, null));
        }
        if (!names.isEmpty()) {
            GeneralName[] all =
                    names.stream().map(CertificateRecipe::name).toArray(GeneralName[]::new);
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
        }
        var signer =
                new JcaContentSignerBuilder(digest + "withECDSA")
                        .build(issuer == null ? keys.getPrivate() : issuer.key());
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(new JcaX509CertificateConverter().getCertificate(builder.build(signer)));
        if (issuer != null) {
            chain.addAll(issuer.chain());
        }
        return new KeyMaterial(keys.getPrivate(), chain);
    }

    private static GeneralName name(String text) {
        String[] words = text.split(":", 2);
        int tag = words[0].equals("ip") ? GeneralName.iPAddress : GeneralName.dNSName;
        return new GeneralName(tag, words[1]);
    }
}
