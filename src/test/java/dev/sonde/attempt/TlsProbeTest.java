package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.lab.Certificates;
import dev.sonde.lab.ForeignCertificate;
import dev.sonde.lab.OpenSslServer;
import dev.sonde.lab.OwnThread;
import dev.sonde.lab.TlsContexts;
import dev.sonde.lab.TlsEnd;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.spec.ClientIdentity;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.PemSource;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.probe.spec.TlsVersion;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// TLS probes against peers of other make: openssl, the JDK, and peers that speak no TLS.
class TlsProbeTest {

    private static final TlsTrust AUTHORITY = new TlsTrust.Authority();
    private static final TlsTrust INSECURE = new TlsTrust.Insecure();

    @TempDir Path directory;
    private CertificateAuthority authority;
    private TlsClients clients;
    private TestEngine engine;
    private KeyMaterial server;

    @BeforeEach
    void open() {
        authority = new CertificateAuthority(directory.resolve("authority"), Clock.systemUTC());
        server = Certificates.server(authority, "server-a", "localhost", "127.0.0.1");
        clients = new TlsClients(authority, 2);
        engine = TestEngine.setup().tls(clients).started();
    }

    @AfterEach
    void close() {
        engine.assertNothingHeld();
        engine.close();
        clients.close();
    }

    @Test
    void factsAreReportedWhenTheHandshakeSucceeds() throws IOException {
        try (OpenSslServer peer = openssl("-alpn", "h2,http/1.1")) {
            AttemptResult result =
                    engine.probe(
                            peer.address(),
                            tls(
                                    new TlsSettings(
                                            null,
                                            List.of("http/1.1", "h2"),
                                            null,
                                            null,
                                            AUTHORITY,
                                            null)));

            assertThat(Submitted.verdict(result))
                    .as(String.valueOf(result.outcome().detail()))
                    .isEqualTo("succeeded/connected");
            assertThat(result.phases())
                    .extracting(PhaseTime::phase)
                    .containsExactly(Phase.QUEUE, Phase.CONNECT, Phase.TLS, Phase.CLOSE);
            TlsReport report = report(result);
            X509Certificate own = server.chain().getFirst();
            assertThat(report.version()).isEqualTo("TLSv1.3");
            assertThat(report.cipher()).startsWith("TLS_");
            assertThat(report.alpn()).isEqualTo("h2");
            assertThat(report.isVerified()).isTrue();
            assertThat(report.verifiedUntil()).isEqualTo(own.getNotAfter().toInstant());
            assertThat(report.isOcspStapled()).isFalse();
            assertThat(report.isClientAsked()).isFalse();
            CertificateFacts facts = report.chain().getFirst();
            assertThat(facts.subject()).isEqualTo("CN=server-a");
            assertThat(facts.names()).containsExactly("localhost", "127.0.0.1");
            assertThat(facts.serialNumber()).isEqualTo(own.getSerialNumber().toString(16));
            assertThat(facts.notAfter()).isEqualTo(own.getNotAfter().toInstant());
        }
    }

    @Test
    void bundleIsTrustedWhenItHoldsTheAuthority() throws IOException {
        String pem = Pem.of(List.of(authority.certificate()));
        try (OpenSslServer peer = openssl("-tls1_2")) {
            AttemptResult result =
                    engine.probe("localhost:" + peer.port(), trusting(new TlsTrust.Bundle(pem)));
            assertThat(Submitted.verdict(result))
                    .as(String.valueOf(result.outcome().detail()))
                    .isEqualTo("succeeded/connected");
            assertThat(report(result).version()).isEqualTo("TLSv1.2");
            assertThat(report(result).serverName()).isEqualTo("localhost");
        }
    }

    @Test
    void certificateIsStillShownWhenNobodyVouchesForIt() throws IOException {
        try (OpenSslServer peer = openssl()) {
            AttemptResult result = engine.probe(peer.address(), trusting(new TlsTrust.Host()));
            assertThat(Submitted.verdict(result)).isEqualTo("failed/tls_untrusted");
            assertThat(result.outcome().phase()).isEqualTo(Phase.TLS);
            assertThat(report(result).chain().getFirst().subject()).isEqualTo("CN=server-a");
            assertThat(report(result).version()).isEqualTo("TLSv1.3");
            assertThat(report(result).isVerified()).isFalse();
        }
    }

    @Test
    void certificateIsStillShownWhenItIsExpired() throws IOException {
        Clock past = Clock.offset(Clock.systemUTC(), Duration.ofDays(-2));
        CertificateAuthority old =
                new CertificateAuthority(
                        directory.resolve("authority"), past.withZone(ZoneOffset.UTC));
        server = Certificates.server(old, "server-old", "127.0.0.1");
        try (OpenSslServer peer = openssl()) {
            AttemptResult result = engine.probe(peer.address(), trusting(AUTHORITY));
            assertThat(Submitted.verdict(result)).isEqualTo("failed/tls_expired");
            assertThat(result.outcome().detail()).contains("CN=server-old", "valid from");
            assertThat(report(result).chain().getFirst().subject()).isEqualTo("CN=server-old");
        }
    }

    @Test
    void nameIsToldWhenTheCertificateBearsAnotherOne() throws IOException {
        try (OpenSslServer peer = openssl()) {
            AttemptResult result =
                    engine.probe(
                            peer.address(),
                            tls(
                                    new TlsSettings(
                                            "db.example", List.of(), null, null, AUTHORITY, null)));
            assertThat(Submitted.verdict(result)).isEqualTo("failed/tls_hostname_mismatch");
            assertThat(result.outcome().detail()).contains("localhost");
            assertThat(report(result).serverName()).isEqualTo("db.example");
        }
    }

    @Test
    void nothingIsVerifiedWhenTheSettingsSaySo() throws IOException {
        try (OpenSslServer peer = openssl()) {
            AttemptResult result = engine.probe(peer.address(), trusting(INSECURE));
            assertThat(Submitted.verdict(result))
                    .as(String.valueOf(result.outcome().detail()))
                    .isEqualTo("succeeded/connected");
            assertThat(report(result).isVerified()).isNull();
            assertThat(report(result).chain()).hasSizeGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void alertIsNamedWhenThePeerRefuses() throws IOException {
        try (OpenSslServer peer = openssl("-tls1_2")) {
            AttemptResult result =
                    engine.probe(
                            peer.address(),
                            tls(
                                    new TlsSettings(
                                            null,
                                            List.of(),
                                            TlsVersion.TLS_1_3,
                                            null,
                                            AUTHORITY,
                                            null)));
            assertThat(Submitted.verdict(result)).isEqualTo("failed/tls_alert");
            assertThat(result.outcome().detail()).contains("protocol_version");
        }
    }

    @Test
    void clientIsAcceptedWhenItPresentsItsCertificate() throws IOException {
        Certificates.client(authority, "client-a");
        try (OpenSslServer peer = askingForClients("-tls1_3")) {
            AttemptResult result = engine.probe(peer.address(), as("client-a"));
            assertThat(Submitted.verdict(result))
                    .as(String.valueOf(result.outcome().detail()))
                    .isEqualTo("succeeded/connected");
            assertThat(report(result).isClientAsked()).isTrue();
        }
    }

    /// In TLS 1.3 the refusal comes when the client's handshake is over.
    @Test
    void clientIsRefusedWhenItPresentsNoCertificate() throws IOException {
        for (String version : List.of("-tls1_3", "-tls1_2")) {
            try (OpenSslServer peer = askingForClients(version)) {
                AttemptResult result = engine.probe(peer.address(), trusting(AUTHORITY));
                assertThat(Submitted.verdict(result)).as(version).isEqualTo("failed/tls_alert");
                assertThat(report(result).isClientAsked()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2,rsa", "-tls1_3,rsa", "-tls1_3,ec"})
    void clientIsAcceptedWhenItsCertificateIsFromElsewhere(String version, String kind)
            throws IOException {
        ForeignCertificate own =
                kind.equals("rsa")
                        ? ForeignCertificate.rsa(directory, "client")
                        : ForeignCertificate.ec(directory, "client");
        ClientIdentity client =
                new ClientIdentity.Given(
                        new PemSource.InFile(own.certificate()),
                        new PemSource.Text(Files.readString(own.key())));
        try (OpenSslServer peer =
                openssl(
                        "-Verify",
                        "1",
                        "-verify_return_error",
                        "-CAfile",
                        own.certificate().toString(),
                        version)) {
            AttemptResult result =
                    engine.probe(
                            peer.address(),
                            tls(new TlsSettings(null, List.of(), null, null, AUTHORITY, client)));
            assertThat(Submitted.verdict(result))
                    .as(String.valueOf(result.outcome().detail()))
                    .isEqualTo("succeeded/connected");
            assertThat(report(result).isClientAsked()).isTrue();
        }
    }

    @Test
    void nothingIsSaidOfTheTargetWhenTheFileOfTheAuthoritiesIsMissing() throws IOException {
        try (OpenSslServer peer = openssl()) {
            TlsTrust missing = new TlsTrust.BundleFile(Path.of("/no/ca.pem"));
            AttemptResult result = engine.probe(peer.address(), trusting(missing));
            assertThat(Submitted.verdict(result)).isEqualTo("not_probed/local_error");
            assertThat(result.outcome().detail()).contains("cannot be read: /no/ca.pem");
        }
    }

    @Test
    void nothingIsSaidOfTheTargetWhenTheClientsCertificateIsUnknown() throws IOException {
        try (OpenSslServer peer = openssl()) {
            AttemptResult result = engine.probe(peer.address(), as("nobody"));
            assertThat(Submitted.verdict(result)).isEqualTo("not_probed/local_error");
            assertThat(result.outcome().detail()).contains("nobody");
        }
    }

    @Test
    void handshakeFailsWhenThePeerSpeaksNoTls() throws IOException {
        try (Peer peer = Peer.listening()) {
            Submitted probe = engine.submit(peer.address(), trusting(INSECURE));
            try (SocketChannel accepted = peer.listener().accept()) {
                accepted.write(
                        ByteBuffer.wrap("SSH-2.0-x\r\n".getBytes(StandardCharsets.US_ASCII)));
                AttemptResult result = engine.await(probe).attempt();
                assertThat(Submitted.verdict(result)).isEqualTo("failed/tls_handshake_failed");
                assertThat(result.outcome().detail()).contains("does not speak TLS");
            }
        }
    }

    @Test
    void connectionIsResetWhenThePeerAbortsInTheMiddle() throws IOException {
        try (Peer peer = Peer.listening()) {
            Submitted probe = engine.submit(peer.address(), trusting(INSECURE));
            try (SocketChannel accepted = peer.listener().accept()) {
                accepted.read(ByteBuffer.allocate(4_096));
                accepted.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            AttemptResult result = engine.await(probe).attempt();
            assertThat(Submitted.verdict(result)).isEqualTo("failed/reset");
            assertThat(result.outcome().detail())
                    .isEqualTo(
                            "ECONNRESET: the peer aborted the connection (RST) in the TLS handshake");
        }
    }

    @Test
    void handshakeFailsWhenThePeerClosesInTheMiddle() throws IOException {
        try (Peer peer = Peer.listening()) {
            Submitted probe = engine.submit(peer.address(), trusting(INSECURE));
            try (SocketChannel accepted = peer.listener().accept()) {
                accepted.read(ByteBuffer.allocate(4_096));
            }
            AttemptResult result = engine.await(probe).attempt();
            assertThat(Submitted.verdict(result)).isEqualTo("failed/tls_handshake_failed");
            assertThat(result.outcome().detail()).contains("in the middle of the TLS handshake");
        }
    }

    @Test
    void probeTimesOutInTheHandshakeWhenThePeerSaysNothing() throws IOException {
        try (Peer peer = Peer.listening()) {
            AttemptResult result =
                    engine.probe(
                            peer.address(), trusting(INSECURE).withTimeout(Duration.ofMillis(300)));
            assertThat(Submitted.verdict(result)).isEqualTo("failed/timed_out");
            assertThat(result.outcome().phase()).isEqualTo(Phase.TLS);
            assertThat(report(result).chain()).isEmpty();
        }
    }

    /// A ServerHello of TLS 1.2, whole or in part.
    @ParameterizedTest
    @CsvSource({
        "47, '47 bytes of it, its ServerHello among them, and then fell silent'",
        "20, '20 bytes of it and then fell silent'"
    })
    void messageIsNamedAfterWhichThePeerFallsSilent(int bytes, String words) {
        // A machine that stands still may delay the peer for longer than the timeout.
        await().untilAsserted(() -> assertThat(detailAfter(bytes)).contains(words));
    }

    private String detailAfter(int bytes) throws IOException {
        String hello = "160303002a" + "02000026" + "0303" + "5a".repeat(32) + "00c02f00";
        try (Peer peer = Peer.listening()) {
            Submitted probe =
                    engine.submit(
                            peer.address(), trusting(INSECURE).withTimeout(Duration.ofMillis(400)));
            try (SocketChannel accepted = peer.listener().accept()) {
                accepted.write(ByteBuffer.wrap(HexFormat.of().parseHex(hello), 0, bytes));
                return String.valueOf(engine.await(probe).outcome().detail());
            }
        }
    }

    /// The server requests a certificate. In TLS 1.2 it stops before its ServerHelloDone, in TLS
    /// 1.3 after its Finished.
    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, failed/timed_out, 'its CertificateRequest among them, and then fell silent'",
        "TLSv1.3, succeeded/connected, 'whether it accepts that is not known'"
    })
    void silenceIsNamedAfterTheRequestForACertificate(
            String version, String verdict, String words) {
        // A machine that stands still may delay the peer for longer than the timeout.
        await().untilAsserted(
                        () -> {
                            AttemptResult result = afterTheRequest(version);
                            assertThat(result.outcome().detail()).contains(words);
                            assertThat(Submitted.verdict(result)).isEqualTo(verdict);
                            assertThat(report(result).isClientAsked()).isTrue();
                        });
    }

    private AttemptResult afterTheRequest(String version) throws Exception {
        SSLContext context = TlsContexts.of(server, authority.certificate());
        try (Peer peer = Peer.listening()) {
            Submitted probe =
                    engine.submit(
                            peer.address(), trusting(INSECURE).withTimeout(Duration.ofMillis(400)));
            try (SocketChannel accepted = peer.listener().accept()) {
                byte[] flight = TlsEnd.firstFlight(context, accepted, version);
                accepted.write(
                        ByteBuffer.wrap(version.equals("TLSv1.2") ? unfinished(flight) : flight));
                return engine.await(probe).attempt();
            }
        }
    }

    /// The same messages in one record, without the 4 bytes of the last one.
    private static byte[] unfinished(byte[] records) {
        ByteBuffer in = ByteBuffer.wrap(records);
        ByteBuffer out = ByteBuffer.allocate(records.length).put(new byte[] {22, 3, 3, 0, 0});
        while (in.hasRemaining()) {
            int length = in.getShort(in.position() + 3);
            out.put(in.slice(in.position() + 5, length));
            in.position(in.position() + 5 + length);
        }
        int length = out.position() - 5 - 4;
        return Arrays.copyOf(out.putShort(3, (short) length).array(), 5 + length);
    }

    /// A peer that met a RST, or no close_notify, would see an exception instead of the end.
    @Test
    void nothingIsSaidOfTheTargetWhenOurOwnPartIsLate() throws IOException {
        CountDownLatch free = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            clients.threads()
                    .execute(
                            () -> {
                                try {
                                    free.await();
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            });
        }
        try (Peer peer = Peer.listening()) {
            AttemptResult result =
                    engine.probe(
                            peer.address(), trusting(INSECURE).withTimeout(Duration.ofMillis(50)));
            assertThat(Submitted.verdict(result)).isEqualTo("not_probed/overloaded");
            assertThat(result.outcome().phase()).isEqualTo(Phase.TLS);
        } finally {
            free.countDown();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "db_1.example,connected",
        "a.in_side.example,connected",
        "db_2.example,tls_hostname_mismatch"
    })
    void nameIsAskedForAndFoundWhenItHasAnUnderscore(String name, String reason)
            throws IOException {
        ForeignCertificate foreign =
                ForeignCertificate.make(
                        directory,
                        "underscored",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-subj",
                        "/CN=any",
                        "-addext",
                        "subjectAltName=DNS:DB_1.example,DNS:*.in_side.example");
        TlsTrust own = new TlsTrust.BundleFile(foreign.certificate());
        try (OpenSslServer peer =
                OpenSslServer.start(
                        directory,
                        foreign.material(),
                        "-servername",
                        name,
                        "-servername_fatal",
                        "-cert2",
                        foreign.certificate().toString(),
                        "-key2",
                        foreign.key().toString())) {
            AttemptResult result =
                    engine.probe(
                            peer.address(),
                            tls(new TlsSettings(name, List.of(), null, null, own, null)));
            assertThat(result.outcome().reasonLabel())
                    .as(String.valueOf(result.outcome().detail()))
                    .isEqualTo(reason);
            assertThat(report(result).serverName()).isEqualTo(name);
        }
    }

    /// Before anything has come of it, and while it waits for the peer.
    @Test
    void nothingIsHeldWhenTheProbeIsCancelledInTheMiddle() throws IOException {
        try (Peer peer = Peer.listening()) {
            Submitted setUp = engine.submit(peer.address(), trusting(INSECURE));
            setUp.probe.cancel();
            assertThat(Submitted.verdict(engine.await(setUp).attempt()))
                    .isEqualTo("not_probed/cancelled");
        }
        try (Peer peer = Peer.listening()) {
            Submitted shaking = engine.submit(peer.address(), trusting(INSECURE));
            try (SocketChannel accepted = peer.listener().accept()) {
                assertThat(accepted.read(ByteBuffer.allocate(16))).isPositive();
                shaking.probe.cancel();
                AttemptResult result = engine.await(shaking).attempt();
                assertThat(Submitted.verdict(result)).isEqualTo("not_probed/cancelled");
                assertThat(result.outcome().phase()).isEqualTo(Phase.TLS);
            }
        }
    }

    @Test
    void peerSeesAnOrderlyEndWhenTheProbeIsOver() throws Exception {
        try (SSLServerSocket listener = jdkServer()) {
            CompletableFuture<Integer> seen =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try (SSLSocket accepted = (SSLSocket) listener.accept()) {
                                    return accepted.getInputStream().read();
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            },
                            OwnThread.OF_EACH);
            AttemptResult result =
                    engine.probe(listener.getLocalSocketAddress(), trusting(AUTHORITY));
            assertThat(Submitted.verdict(result))
                    .as(String.valueOf(result.outcome().detail()))
                    .isEqualTo("succeeded/connected");
            assertThat(seen.join()).isEqualTo(-1);
        }
    }

    @Test
    void noLeaveIsTakenWhenARstIsToEndTheConnection() throws IOException {
        ProbeSettings usual = trusting(AUTHORITY);
        ProbeSettings abrupt =
                new ProbeSettings(
                        usual.timeout(),
                        usual.addresses(),
                        usual.family(),
                        null,
                        CloseMode.RST,
                        usual.handshake(),
                        usual.steps());
        try (OpenSslServer peer = openssl()) {
            AttemptResult result = engine.probe(peer.address(), abrupt);
            assertThat(Submitted.verdict(result))
                    .as(String.valueOf(result.outcome().detail()))
                    .isEqualTo("succeeded/connected");
            assertThat(result.phases()).extracting(PhaseTime::phase).doesNotContain(Phase.CLOSE);
        }
    }

    private OpenSslServer openssl(String... options) throws IOException {
        return OpenSslServer.start(directory, server, options);
    }

    private OpenSslServer askingForClients(String version) throws IOException {
        Path ca = directory.resolve("ca.pem");
        Files.writeString(ca, Pem.of(List.of(authority.certificate())));
        return openssl("-Verify", "1", "-verify_return_error", "-CAfile", ca.toString(), version);
    }

    private SSLServerSocket jdkServer() throws Exception {
        char[] none = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own", server.key(), none, server.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, none);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return (SSLServerSocket)
                context.getServerSocketFactory()
                        .createServerSocket(0, 10, InetAddress.ofLiteral("127.0.0.1"));
    }

    private static ProbeSettings as(String client) {
        return tls(
                new TlsSettings(
                        null, List.of(), null, null, AUTHORITY, new ClientIdentity.Issued(client)));
    }

    private static ProbeSettings trusting(TlsTrust trust) {
        return tls(new TlsSettings(null, List.of(), null, null, trust, null));
    }

    private static ProbeSettings tls(TlsSettings settings) {
        return ProbeSettings.DEFAULT.withSteps(List.of(settings));
    }

    private static TlsReport report(AttemptResult result) {
        return (TlsReport) result.reports().getFirst();
    }
}
