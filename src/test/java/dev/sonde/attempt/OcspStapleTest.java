package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.Certificates;
import dev.sonde.lab.OpenSslServer;
import dev.sonde.probe.finding.OcspStaple;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.KeyMaterial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `openssl s_server` staples to its handshake is in the probe's report.
@SuppressWarnings("NullAway") // a null fails the test
class OcspStapleTest {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final Instant before = now.minus(Duration.ofHours(1));
    private final Instant after = now.plus(Duration.ofHours(1));

    @TempDir Path directory;
    private CertificateAuthority authority;
    private TlsClients clients;
    private TestEngine engine;
    private KeyMaterial server;
    private String verdict;

    @BeforeEach
    void open() {
        authority = new CertificateAuthority(directory.resolve("authority"), Clock.systemUTC());
        server = Certificates.server(authority, "server-a", "127.0.0.1");
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
    void timesAreToldWhenTheCertificateIsGood() throws Exception {
        OcspStaple staple = stapled(response(CertificateStatus.GOOD));
        assertThat(verdict).isEqualTo("succeeded/connected");
        assertThat(staple)
                .isEqualTo(new OcspStaple(OcspStaple.Status.GOOD, now, before, after, null));
    }

    @Test
    void revocationIsToldWhenTheCertificateIsRevoked() throws Exception {
        OcspStaple staple = stapled(response(new RevokedStatus(Date.from(before))));
        assertThat(staple.status()).isEqualTo(OcspStaple.Status.REVOKED);
        assertThat(staple.revokedAt()).isEqualTo(before);
        assertThat(verdict).isEqualTo("failed/tls_revoked");
    }

    @Test
    void nothingElseIsToldWhenTheResponderGaveNoAnswer() throws Exception {
        byte[] tryLater = new OCSPRespBuilder().build(OCSPResp.TRY_LATER, null).getEncoded();
        assertThat(stapled(tryLater)).isEqualTo(OcspStaple.of(OcspStaple.Status.UNSUCCESSFUL));
    }

    private OcspStaple stapled(byte[] response) throws Exception {
        Path file = Files.write(directory.resolve("staple.der"), response);
        try (OpenSslServer peer =
                OpenSslServer.start(directory, server, "-status_file", file.toString())) {
            TlsSettings settings =
                    new TlsSettings(null, List.of(), null, null, new TlsTrust.Authority(), null);
            var result =
                    engine.probe(
                            peer.address(), ProbeSettings.DEFAULT.withSteps(List.of(settings)));
            verdict = Submitted.verdict(result);
            TlsReport report = (TlsReport) result.reports().getFirst();
            assertThat(report.isOcspStapled()).isTrue();
            return report.ocsp();
        }
    }

    private byte[] response(CertificateStatus status) throws Exception {
        X509Certificate own = server.chain().getFirst();
        CertificateID id =
                new CertificateID(
                        new JcaDigestCalculatorProviderBuilder()
                                .build()
                                .get(CertificateID.HASH_SHA1),
                        new JcaX509CertificateHolder(authority.certificate()),
                        own.getSerialNumber());
        BasicOCSPRespBuilder basic =
                new BasicOCSPRespBuilder(new RespID(new X500Name("CN=responder")));
        basic.addResponse(id, status, Date.from(before), Date.from(after), null);
        return new OCSPRespBuilder()
                .build(
                        OCSPRespBuilder.SUCCESSFUL,
                        basic.build(
                                new JcaContentSignerBuilder("SHA256withECDSA").build(server.key()),
                                null,
                                Date.from(now)))
                .getEncoded();
    }
}
