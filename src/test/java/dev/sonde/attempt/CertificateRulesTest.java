package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.CertificateRecipe;
import dev.sonde.lab.OpenSslServer;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Certificates that Go and OpenSSL refuse and the JDK takes, and healthy servers whose handshakes
/// the JDK refuses, by `openssl s_server`.
class CertificateRulesTest {

    @TempDir Path directory;
    private TlsClients clients;
    private TestEngine engine;

    @BeforeEach
    void open() {
        Path folder = directory.resolve("authority");
        clients = new TlsClients(new CertificateAuthority(folder, Clock.systemUTC()), 2);
        engine = TestEngine.setup().tls(clients).started();
    }

    @AfterEach
    void close() {
        engine.close();
        clients.close();
    }

    @ParameterizedTest
    @CsvSource({
        "a.x.test,  dns:a.x.test,    succeeded/connected",
        "A.X.test., dns:a.x.test,    succeeded/connected",
        "a.x.test,  dns:*.x.test,    succeeded/connected",
        "127.0.0.1, ip:127.0.0.1,    succeeded/connected",
        "localhost, ,                failed/tls_hostname_mismatch",
        "foo.x.test, dns:f*.x.test,  failed/tls_hostname_mismatch",
        "foo.x.test, dns:*oo.x.test, failed/tls_hostname_mismatch",
        "xn--a.x.test, dns:xn--*.x.test, failed/tls_hostname_mismatch",
        "a.b.x.test, dns:*.x.test,   failed/tls_hostname_mismatch",
        "127.0.0.1, dns:127.0.0.1,   failed/tls_hostname_mismatch",
    })
    void nameIsBorneAsRfc9525Says(String asked, String borne, String verdict) throws Exception {
        String[] names = borne == null ? new String[0] : new String[] {borne};
        KeyMaterial root = CertificateRecipe.authority("root").make(null);
        KeyMaterial leaf = CertificateRecipe.leaf(names).make(root);
        assertThat(verdict(asked, leaf, root.chain().getFirst())).isEqualTo(verdict);
    }

    @Test
    void pinnedCertificateThatHasEndedIsExpired() throws Exception {
        KeyMaterial pinned = CertificateRecipe.leaf("dns:localhost").ended().make(null);
        assertThat(verdict("localhost", pinned, pinned.chain().getFirst()))
                .isEqualTo("failed/tls_expired");
    }

    @Test
    void rootThatHasEndedIsExpired() throws Exception {
        KeyMaterial root = CertificateRecipe.authority("root").ended().make(null);
        KeyMaterial leaf = CertificateRecipe.leaf("dns:localhost").make(root);
        assertThat(verdict("localhost", leaf, root.chain().getFirst()))
                .isEqualTo("failed/tls_expired");
    }

    @Test
    void brokenDigestIsUntrusted() throws Exception {
        KeyMaterial root = CertificateRecipe.authority("root").make(null);
        KeyMaterial leaf = CertificateRecipe.leaf("dns:localhost").signedWith("SHA1").make(root);
        String trusted = Pem.of(root.chain());
        AttemptResult result = probe("localhost", leaf, trusted, "-cipher", "DEFAULT@SECLEVEL=0");
        assertThat(Submitted.verdict(result)).isEqualTo("failed/tls_untrusted");
        assertThat(result.outcome().detail()).contains("SHA1");
    }

    @Test
    void constraintsOfTheRootAreApplied() throws Exception {
        KeyMaterial root = CertificateRecipe.authority("root").permitting("x.test").make(null);
        X509Certificate trusted = root.chain().getFirst();
        KeyMaterial inside = CertificateRecipe.leaf("dns:a.x.test").make(root);
        KeyMaterial outside = CertificateRecipe.leaf("dns:a.y.test").make(root);
        assertThat(verdict("a.x.test", inside, trusted)).isEqualTo("succeeded/connected");
        assertThat(verdict("a.y.test", outside, trusted)).isEqualTo("failed/tls_untrusted");
    }

    @Test
    void needlessCertificatesDoNoHarm() throws Exception {
        KeyMaterial root = CertificateRecipe.authority("root").make(null);
        KeyMaterial leaf = CertificateRecipe.leaf("dns:localhost").make(root);
        List<X509Certificate> chain = new ArrayList<>(leaf.chain());
        for (int i = 0; i < 14; i++) {
            chain.addAll(CertificateRecipe.authority("needless-" + i).make(null).chain());
        }
        KeyMaterial talkative = new KeyMaterial(leaf.key(), chain);
        assertThat(verdict("localhost", talkative, root.chain().getFirst()))
                .isEqualTo("succeeded/connected");
    }

    @Test
    void warningThatTheNameIsUnknownEndsNothing() throws Exception {
        KeyMaterial root = CertificateRecipe.authority("root").make(null);
        KeyMaterial leaf = CertificateRecipe.leaf("dns:localhost").make(root);
        Path certificate = Files.writeString(directory.resolve("other.pem"), Pem.of(leaf.chain()));
        Path key = Files.writeString(directory.resolve("other.key"), leaf.keyPem());
        AttemptResult result =
                probe(
                        "localhost",
                        leaf,
                        Pem.of(root.chain()),
                        "-tls1_2",
                        "-servername",
                        "other.test",
                        "-cert2",
                        certificate.toString(),
                        "-key2",
                        key.toString());
        assertThat(Submitted.verdict(result)).isEqualTo("succeeded/connected");
        assertThat(result.outcome().detail()).contains("unrecognized_name");
    }

    @Test
    void unreadableEntryOfABundleCostsOnlyItself() throws Exception {
        KeyMaterial root = CertificateRecipe.authority("root").make(null);
        KeyMaterial leaf = CertificateRecipe.leaf("dns:localhost").make(root);
        String bundle =
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
                        + Pem.of(root.chain());
        assertThat(Submitted.verdict(probe("localhost", leaf, bundle)))
                .isEqualTo("succeeded/connected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void factsAreShownWhereTheJdkCannotReadTheCertificate(String version) throws Exception {
        KeyMaterial root = CertificateRecipe.authority("root").make(null);
        KeyMaterial leaf = CertificateRecipe.leaf("dns:localhost", "ip:::1").make(root);
        Path file = extended(leaf, root, "2.5.29.36", "040107");
        Path above = Files.writeString(directory.resolve("above.pem"), Pem.of(root.chain()));
        AttemptResult result =
                probe(
                        "localhost",
                        leaf,
                        Pem.of(root.chain()),
                        version,
                        "-cert",
                        file.toString(),
                        "-cert_chain",
                        above.toString());

        assertThat(Submitted.verdict(result)).isEqualTo("failed/tls_handshake_failed");
        assertThat(result.outcome().detail())
                .startsWith(
                        "certificate 1 of the server's chain, of CN=localhost, breaks the rules");
        TlsReport report = (TlsReport) result.reports().getFirst();
        assertThat(report.version()).isEqualTo(version.replace("-tls1_", "TLSv1."));
        CertificateFacts facts = report.chain().getFirst();
        assertThat(facts.issuer()).isEqualTo("CN=root");
        assertThat(facts.names()).containsExactly("localhost", "::1");
        assertThat(facts.notAfter()).isEqualTo(leaf.chain().getFirst().getNotAfter().toInstant());
        assertThat(report.chain())
                .extracting(CertificateFacts::subject)
                .containsExactly("CN=localhost", "CN=root");
    }

    @ParameterizedTest
    @CsvSource({
        "2.5.29.37, 300a06082b06010505070302, its extended key usage does not permit this use",
        "1.2.3.4,   0500,                     a critical extension is unknown",
    })
    void extensionThatForbidsTheUseIsNamed(String id, String value, String words) throws Exception {
        KeyMaterial root = CertificateRecipe.authority("root").make(null);
        KeyMaterial leaf = CertificateRecipe.leaf("dns:localhost").make(root);
        Path file = extended(leaf, root, id, value);
        AttemptResult result =
                probe("localhost", leaf, Pem.of(root.chain()), "-cert", file.toString());
        assertThat(Submitted.verdict(result)).isEqualTo("failed/tls_untrusted");
        assertThat(result.outcome().detail()).contains(words);
    }

    /// The certificate with one more critical extension, as a file.
    private Path extended(KeyMaterial leaf, KeyMaterial root, String id, String hex)
            throws Exception {
        X509CertificateHolder made =
                new X509v3CertificateBuilder(new JcaX509CertificateHolder(leaf.chain().getFirst()))
                        .addExtension(
                                new ASN1ObjectIdentifier(id), true, HexFormat.of().parseHex(hex))
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(root.key()));
        Path file = directory.resolve("extended.pem");
        try (var pem = new JcaPEMWriter(Files.newBufferedWriter(file))) {
            pem.writeObject(made);
        }
        return file;
    }

    private String verdict(String name, KeyMaterial server, X509Certificate trusted)
            throws Exception {
        return Submitted.verdict(probe(name, server, Pem.of(List.of(trusted))));
    }

    private AttemptResult probe(String name, KeyMaterial server, String trusted, String... options)
            throws Exception {
        try (OpenSslServer peer = OpenSslServer.start(directory, server, options)) {
            TlsSettings settings =
                    new TlsSettings(
                            name, List.of(), null, null, new TlsTrust.Bundle(trusted), null);
            return engine.probe(peer.address(), ProbeSettings.DEFAULT.withSteps(List.of(settings)));
        }
    }
}
