package dev.sonde.attack;

import dev.sonde.lab.OwnThread;
import dev.sonde.lab.TlsContexts;
import dev.sonde.tls.certificate.KeyMaterial;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A TLS server that shows another certificate of 439 names, 28 KiB, at each connection.
final class ManyNames implements AutoCloseable {

    private static final int NAMES = 439;
    private static final X500Name SUBJECT = new X500Name("CN=many");

    private final AtomicInteger shown = new AtomicInteger();
    private final KeyPair keys;
    private final ServerSocket listener;

    ManyNames() throws Exception {
        keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        listener = new ServerSocket(0, 1_000, InetAddress.ofLiteral("0.0.0.0"));
        OwnThread.OF_EACH.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /// How many certificates a client took.
    int shown() {
        return shown.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // It is closed.
        }
    }

    private void serve(Socket socket) {
        try (SSLSocket tls = secure(socket)) {
            tls.setUseClientMode(false);
            tls.startHandshake();
            shown.incrementAndGet();
        } catch (Exception _) {
            // The client has gone.
        }
    }

    private SSLSocket secure(Socket socket) throws Exception {
        X509Certificate certificate = certificate(shown.get());
        KeyMaterial own = new KeyMaterial(keys.getPrivate(), List.of(certificate));
        return (SSLSocket)
                TlsContexts.of(own, certificate)
                        .getSocketFactory()
                        .createSocket(socket, null, socket.getPort(), true);
    }

    private X509Certificate certificate(int number) throws Exception {
        Instant now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        SUBJECT,
                        BigInteger.valueOf(number + 1L),
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(Duration.ofHours(1))),
                        SUBJECT,
                        keys.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, names(number));
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(keys.getPrivate())));
    }

    private static GeneralNames names(int number) {
        String tail = "x".repeat(40) + "." + "y".repeat(10);
        return new GeneralNames(
                IntStream.range(0, NAMES)
                        .mapToObj(i -> "n%d-%d.%s".formatted(number, i, tail))
                        .map(name -> new GeneralName(GeneralName.dNSName, name))
                        .toArray(GeneralName[]::new));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
