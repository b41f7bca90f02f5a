package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.Starter;
import dev.sonde.lab.Jdk;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// The API behind TLS, as the README configures it.
class ApiTlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir private Path directory;

    @Test
    void theNewCertificateIsShownWithoutRestartWhenItsFilesChange() throws Exception {
        install("before");
        try (ConfigurableApplicationContext service = start()) {
            int port = Starter.port(service);
            try (SSLSocket open = connect(port)) {
                assertThat(subject(open)).isEqualTo("CN=before");
                install("after");
                await().until(() -> shown(port).equals("CN=after"));
                assertThat(ask(open)).startsWith("HTTP/1.1 200").contains("\"items\":[]");
            }
        }
    }

    private ConfigurableApplicationContext start() {
        return Starter.start(
                directory.resolve("data"),
                "--server.ssl.bundle=web",
                "--spring.ssl.bundle.pem.web.reload-on-update=true",
                "--spring.ssl.bundle.watch.file.quiet-period=50ms",
                "--spring.ssl.bundle.pem.web.keystore.certificate=" + directory.resolve("tls.crt"),
                "--spring.ssl.bundle.pem.web.keystore.private-key=" + directory.resolve("tls.key"));
    }

    /// Makes a key pair and its certificate, and puts them where the bundle looks.
    private void install(String name) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool =
                new ProcessBuilder(
                                List.of(
                                        Jdk.program("keytool"),
                                        "-genkeypair",
                                        "-keystore",
                                        store.toString(),
                                        "-storepass",
                                        String.valueOf(PASSWORD),
                                        "-alias",
                                        "key",
                                        "-keyalg",
                                        "EC",
                                        "-dname",
                                        "CN=" + name))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        write("tls.key", "PRIVATE KEY", keys.getKey("key", PASSWORD).getEncoded());
        write("tls.crt", "CERTIFICATE", keys.getCertificate("key").getEncoded());
    }

    private void write(String file, String kind, byte[] content) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(content);
        Files.writeString(
                directory.resolve(file),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
    }

    private static String shown(int port) throws IOException, GeneralSecurityException {
        try (SSLSocket socket = connect(port)) {
            return subject(socket);
        }
    }

    private static SSLSocket connect(int port) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Anybody()}, null);
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.startHandshake();
        return socket;
    }

    private static String subject(SSLSocket socket) throws IOException {
        X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        return shown.getSubjectX500Principal().getName();
    }

    private static String ask(SSLSocket socket) throws IOException {
        String request = "GET /api/v1/checks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";
        socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
        try (InputStream in = socket.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// The certificates are self-signed; who signed is not what is tested.
    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
