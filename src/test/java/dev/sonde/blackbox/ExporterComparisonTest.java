package dev.sonde.blackbox;

import static dev.sonde.lab.TalkingPeer.hear;
import static dev.sonde.lab.TalkingPeer.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.lab.Certificates;
import dev.sonde.lab.ForeignCertificate;
import dev.sonde.lab.FullQueue;
import dev.sonde.lab.OpenSslServer;
import dev.sonde.lab.TalkingPeer;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.Pem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// The same questions to a real blackbox_exporter and to Sonde. Skipped where
/// `prometheus-blackbox-exporter` is not installed; `.ci/lab` installs it.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Execution(ExecutionMode.SAME_THREAD)
class ExporterComparisonTest {

    /// What the installed exporter may be too old to know, and what is ours.
    private static final Set<String> NEWER =
            Set.of("probe_timeout_seconds", "probe_failed_due_to_bytes");

    /// What was measured differs from one probe to the next.
    private static final Set<String> MEASURED =
            Set.of("probe_duration_seconds", "probe_dns_lookup_time_seconds");

    private static final Set<String> OURS =
            Set.of(
                    "probe_tls_cipher_info", // newer ones have it
                    "probe_tcp_duration_seconds",
                    "probe_tcp_rtt_seconds",
                    "probe_tcp_syn_retransmits",
                    "probe_failure_info",
                    "probe_failed_at_step");

    /// The installed exporter registers it before the connect, the one of the contract after it.
    private static final String SINCE_CONNECT = "probe_failed_due_to_regex";

    @TempDir static Path directory;
    private static Exporter exporter;
    private static CertificateAuthority authority;

    @LocalServerPort int port;
    private ScrapeCalls ours;
    private ScrapeCalls theirs;

    @DynamicPropertySource
    static void moduleFile(DynamicPropertyRegistry registry) {
        registry.add("sonde.modules.file", () -> directory.resolve("modules.yaml"));
    }

    @BeforeAll
    static void start() throws IOException {
        authority = new CertificateAuthority(directory.resolve("authority"), Clock.systemUTC());
        Path ca = directory.resolve("ca.pem");
        Files.writeString(ca, Pem.of(List.of(authority.certificate())));
        Path modules = directory.resolve("modules.yaml");
        Files.writeString(
                modules,
                """
                modules:
                  tcp_connect: {prober: tcp}
                  brief: {prober: tcp, timeout: 300ms}
                  v4: {prober: tcp, tcp: {preferred_ip_protocol: ip4}}
                  tls: {prober: tcp, tcp: {tls: true, tls_config: {ca_file: CA}}}
                  insecure:
                    prober: tcp
                    tcp: {tls: true, tls_config: {insecure_skip_verify: true, min_version: TLS12}}
                  mutual:
                    prober: tcp
                    tcp:
                      tls: true
                      tls_config: {ca_file: CA, cert_file: CLIENT.pem, key_file: CLIENT.key}
                  ssh_banner:
                    prober: tcp
                    timeout: 2s
                    tcp:
                      query_response: [{expect: "^SSH-2.0-"}, {send: "SSH-2.0-blackbox-ssh-check"}]
                  irc_banner:
                    prober: tcp
                    timeout: 2s
                    tcp:
                      query_response:
                        - send: "NICK prober"
                        - expect: "PING :([^ ]+)"
                          send: "PONG ${1}$$"
                        - expect: "^:[^ ]+( no)? 001"
                          send: "${1}"
                        - send: "QUIT"
                  smtp_starttls:
                    prober: tcp
                    timeout: 5s
                    tcp:
                      tls_config: {ca_file: CA}
                      query_response:
                        - expect: "^220 ([^ ]+) ESMTP (.+)$"
                        - send: "EHLO prober\\r"
                        - expect: "^250-STARTTLS"
                        - send: "STARTTLS\\r"
                        - expect: "^220"
                        - starttls: true
                        - send: "EHLO prober\\r"
                        - expect: "^250-AUTH"
                        - send: "QUIT\\r"
                """
                        .replace("CA", ca.toString())
                        .replace("CLIENT", directory.resolve("client").toString()));
        exporter = Exporter.start(modules);
    }

    @AfterAll
    static void stop() {
        if (exporter != null) {
            exporter.close();
        }
    }

    @BeforeEach
    void open() {
        ours = new ScrapeCalls(port);
        theirs = new ScrapeCalls(exporter.port);
    }

    @Test
    void metricsAgreeWhenSomethingListens() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            assertAgreement("target", "127.0.0.1:" + listener.getLocalPort(), "module", "v4");
            assertAgreement("target", "localhost:" + listener.getLocalPort(), "module", "v4");
        }
    }

    @Test
    void metricsAgreeWhenNothingListens() throws IOException {
        String target;
        try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            target = "127.0.0.1:" + listener.getLocalPort();
        }
        assertAgreement("target", target, "module", "tcp_connect");
    }

    @Test
    void metricsAgreeWhenNothingAnswers() throws IOException {
        try (FullQueue full = FullQueue.open()) {
            assertAgreement("target", full.target(), "module", "brief");
        }
    }

    @Test
    void metricsAgreeWhenTheTargetCannotBeRead() {
        assertAgreement("target", "no-port", "module", "tcp_connect");
    }

    @Test
    void metricsAgreeWhenTheCertificateIsGood() throws IOException {
        KeyMaterial keys = Certificates.server(authority, "good", "localhost", "127.0.0.1");
        try (OpenSslServer server = OpenSslServer.start(directory, keys)) {
            String target = "127.0.0.1:" + server.port();
            assertAgreement("target", target, "module", "tls");
            assertAgreement("target", target, "module", "insecure");
            assertAgreement("target", target, "module", "insecure", "hostname", "db.example");
            assertThat(ours.probe("target", target, "module", "tls").names())
                    .contains(
                            "probe_ssl_earliest_cert_expiry",
                            "probe_ssl_last_chain_expiry_timestamp_seconds",
                            "probe_ssl_last_chain_info",
                            "probe_tls_version_info");
        }
    }

    @Test
    void metricsAgreeWhenTheSubjectHasManyParts() throws IOException {
        ForeignCertificate foreign =
                ForeignCertificate.make(
                        directory,
                        "parts",
                        "-newkey",
                        "rsa:2048",
                        "-set_serial",
                        "0x123",
                        "-utf8",
                        "-subj",
                        "/C=US/ST=CA/L=SF/O=Ex, Größe/OU=b/OU=a/serialNumber=12"
                                + "/emailAddress=x@y.z/DC=local/CN=name");
        try (OpenSslServer server = OpenSslServer.start(directory, foreign.material())) {
            String target = "127.0.0.1:" + server.port();
            assertAgreement("target", target, "module", "insecure");
            assertThat(ours.ask("target", target, "module", "insecure").body())
                    .contains("serialnumber=\"0123\"");
        }
    }

    @Test
    void metricsAgreeWhenTheServerAsksForACertificate() throws IOException {
        KeyMaterial keys = Certificates.server(authority, "asking", "127.0.0.1");
        ForeignCertificate client = ForeignCertificate.ec(directory, "client");
        try (OpenSslServer server =
                OpenSslServer.start(
                        directory,
                        keys,
                        "-Verify",
                        "1",
                        "-verify_return_error",
                        "-CAfile",
                        client.certificate().toString())) {
            String target = "127.0.0.1:" + server.port();
            assertAgreement("target", target, "module", "mutual");
            assertThat(ours.probe("target", target, "module", "mutual").value("probe_success"))
                    .isOne();
            Files.delete(client.key());
            assertThat(ours.probe("target", target, "module", "mutual").value("probe_success"))
                    .isZero();
            assertThat(theirs.probe("target", target, "module", "mutual").value("probe_success"))
                    .isZero();
        }
    }

    /// There the certificate's facts vanish; here they are what one wants to see.
    @Test
    void metricsAgreeButForTheFactsWhenTheCertificateIsExpired() throws IOException {
        Clock past = Clock.offset(Clock.systemUTC(), Duration.ofDays(-2));
        KeyMaterial keys =
                Certificates.server(
                        new CertificateAuthority(directory.resolve("authority"), past),
                        "expired",
                        "localhost",
                        "127.0.0.1");
        try (OpenSslServer server = OpenSslServer.start(directory, keys)) {
            String[] query = {"target", "127.0.0.1:" + server.port(), "module", "tls"};
            Scraped own = ours.probe(query);
            Map<String, Double> common = common(own);
            common.keySet()
                    .removeIf(
                            series ->
                                    series.startsWith("probe_ssl_")
                                            || series.startsWith("probe_tls_"));
            assertThat(common).isEqualTo(common(theirs.probe(query)));
            assertThat(own.value("probe_failure_info{phase=\"tls\",reason=\"tls_expired\"}"))
                    .isOne();
            assertThat(own.value("probe_ssl_earliest_cert_expiry"))
                    .isEqualTo(
                            (double)
                                    keys.chain()
                                            .getFirst()
                                            .getNotAfter()
                                            .toInstant()
                                            .getEpochSecond());
        }
    }

    @Test
    void metricsAgreeWhenTheBannerIsThatOfSsh() throws IOException {
        TalkingPeer.Talk talk =
                client -> {
                    say(client, "SSH-2.0-OpenSSH_9.2p1\r\n");
                    hear(client);
                };
        try (TalkingPeer peer = TalkingPeer.start(talk)) {
            assertAgreement("target", peer.target(), "module", "ssh_banner");
        }
    }

    @Test
    void metricsAgreeWhenAnotherBannerComes() throws IOException {
        TalkingPeer.Talk other = client -> say(client, "HTTP/1.1 400 Bad Request\r\n\r\nSSH");
        try (TalkingPeer peer = TalkingPeer.start(other)) {
            assertAgreement("target", peer.target(), "module", "ssh_banner");
            assertSameMismatch("target", peer.target(), "module", "ssh_banner");
        }
        try (TalkingPeer peer = TalkingPeer.start(_ -> {})) {
            assertSameMismatch("target", peer.target(), "module", "ssh_banner");
        }
        try (TalkingPeer peer = TalkingPeer.start(TalkingPeer::hear)) {
            assertSameMismatch("target", peer.target(), "module", "ssh_banner");
        }
    }

    @Test
    void sameIsSentWhenAGroupIsSentBack() throws IOException {
        List<String> heard = new CopyOnWriteArrayList<>();
        TalkingPeer.Talk talk =
                client -> {
                    heard.add(hear(client));
                    say(client, ":irc NOTICE\r\nPING :a.b c\r\n");
                    heard.add(hear(client));
                    say(client, ":irc 001 welcome\n");
                    heard.add(hear(client));
                };
        try (TalkingPeer peer = TalkingPeer.start(talk)) {
            assertAgreement("target", peer.target(), "module", "irc_banner");
        }
        // For the group that is empty neither sends a newline.
        List<String> each = List.of("NICK prober", "PONG a.b$", "QUIT");
        await().untilAsserted(
                        () -> {
                            assertThat(heard).hasSize(6).startsWith(each.toArray(String[]::new));
                            assertThat(heard).endsWith(each.toArray(String[]::new));
                        });
    }

    @Test
    void metricsAgreeWhenTlsBeginsInTheDialogue() throws IOException {
        KeyMaterial keys = Certificates.server(authority, "mx", "localhost", "127.0.0.1");
        TalkingPeer.Talk talk =
                client -> {
                    say(client, "220 mx ESMTP Test\r\n");
                    hear(client);
                    say(client, "250-mx\r\n250-STARTTLS\r\n250 8BITMIME\r\n");
                    hear(client);
                    say(client, "220 go\r\n");
                    Socket secured = TalkingPeer.secured(client, keys);
                    hear(secured);
                    say(secured, "250-mx\r\n250-AUTH PLAIN\r\n250 8BITMIME\r\n");
                    hear(secured);
                };
        try (TalkingPeer peer = TalkingPeer.start(talk)) {
            assertAgreement("target", peer.target(), "module", "smtp_starttls");
            Scraped own = ours.probe("target", peer.target(), "module", "smtp_starttls");
            assertThat(own.value("probe_success")).isOne();
            assertThat(own.names()).contains("probe_ssl_last_chain_info", "probe_tls_version_info");
        }
    }

    private void assertSameMismatch(String... parameters) {
        assertThat(ours.probe(parameters).value(SINCE_CONNECT))
                .isEqualTo(theirs.probe(parameters).value(SINCE_CONNECT));
    }

    @Test
    void refusalsAgreeWhenTheRequestIsWrong() {
        assertSameAnswer("target", "127.0.0.1:1", "module", "none");
        assertSameAnswer("module", "tcp_connect");
    }

    private void assertAgreement(String... parameters) {
        Scraped own = ours.probe(parameters);
        Scraped other = theirs.probe(parameters);
        assertThat(common(own)).isEqualTo(common(other));
        common(other)
                .keySet()
                .forEach(
                        series -> {
                            String name = series.replaceFirst("\\{.*", "");
                            assertThat(own.types().get(name)).isEqualTo(other.types().get(name));
                            assertThat(own.helps().get(name)).isEqualTo(other.helps().get(name));
                        });
    }

    /// Series to values; what was measured counts as being there.
    private static Map<String, Double> common(Scraped scraped) {
        Map<String, Double> common = new TreeMap<>();
        scraped.samples()
                .forEach(
                        (series, value) -> {
                            String name = series.replaceFirst("\\{.*", "");
                            boolean isBeforeConnect =
                                    name.equals(SINCE_CONNECT)
                                            && scraped.value("probe_success") == 0;
                            if (!OURS.contains(name) && !NEWER.contains(name) && !isBeforeConnect) {
                                // A label that the installed exporter may be too old to know.
                                String known = series.replaceFirst("serialnumber=\"\\w+\",", "");
                                common.put(known, MEASURED.contains(name) ? 0 : value);
                            }
                        });
        return common;
    }

    private void assertSameAnswer(String... parameters) {
        HttpResponse<String> own = ours.ask(parameters);
        HttpResponse<String> other = theirs.ask(parameters);
        assertThat(own.statusCode()).isEqualTo(other.statusCode());
        assertThat(own.body()).isEqualTo(other.body());
    }
}
