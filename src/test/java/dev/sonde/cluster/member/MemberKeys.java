package dev.sonde.cluster.member;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate that all replicas show and trust, in a file.
public record MemberKeys(Path file) {

    private static final String PASSWORD = "changeit";

    /// Makes a new one, signed by itself, good for a day.
    public static MemberKeys make(Path file) throws IOException, GeneralSecurityException {
        return make(file, "sonde-members");
    }

    /// The same with another name than that of the members.
    public static MemberKeys make(Path file, String dnsName)
            throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "member",
                keys.getPrivate(),
                PASSWORD.toCharArray(),
                new Certificate[] {certificate(keys, dnsName)});
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return new MemberKeys(file);
    }

    private static Certificate certificate(KeyPair keys, String dnsName)
            throws GeneralSecurityException, IOException {
        X500Name name = new X500Name("CN=member");
        Instant now = Instant.now();
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            new JcaX509v3CertificateBuilder(
                                            name,
                                            BigInteger.valueOf(now.toEpochMilli()),
                                            Date.from(now.minus(Duration.ofMinutes(5))),
                                            Date.from(now.plus(Duration.ofDays(1))),
                                            name,
                                            keys.getPublic())
                                    .addExtension(
                                            Extension.subjectAlternativeName,
                                            false,
                                            new GeneralNames(
                                                    new GeneralName(GeneralName.dNSName, dnsName)))
                                    .build(
                                            new JcaContentSignerBuilder("SHA256withECDSA")
                                                    .build(keys.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    public SSLContext context() throws GeneralSecurityException, IOException {
        KeyManagerFactory own =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust().getTrustManagers(), null);
        return context;
    }

    /// Of somebody who trusts the replicas and has nothing to show.
    public SSLContext contextOfNobody() throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust().getTrustManagers(), null);
        return context;
    }

    /// Of somebody who shows this certificate and trusts everybody.
    public SSLContext contextOfStranger() throws GeneralSecurityException, IOException {
        KeyManagerFactory own =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), new TrustManager[] {new TrustsAll()}, null);
        return context;
    }

    /// What its holder trusts: itself.
    public TrustManagerFactory trust() throws GeneralSecurityException, IOException {
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore authorities = KeyStore.getInstance("PKCS12");
        authorities.load(null, null);
        authorities.setCertificateEntry("member", store().getCertificate("member"));
        trust.init(authorities);
        return trust;
    }

    public X509Certificate certificate() throws GeneralSecurityException, IOException {
        return (X509Certificate) store().getCertificate("member");
    }

    private KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    /// The settings that name it.
    public List<String> arguments() {
        String bundle = "--spring.ssl.bundle.jks.members.";
        return Stream.concat(
                        Stream.of("--sonde.cluster.tls-bundle=members"),
                        Stream.of("keystore", "truststore")
                                .flatMap(
                                        store ->
                                                Stream.of(
                                                        bundle + store + ".location=file:" + file,
                                                        bundle + store + ".password=" + PASSWORD,
                                                        bundle + store + ".type=PKCS12")))
                .toList();
    }
}
