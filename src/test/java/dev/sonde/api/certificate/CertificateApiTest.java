package dev.sonde.api.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.HttpTest;
import dev.sonde.tls.certificate.Pem;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Certificates over HTTP.
@HttpTest
class CertificateApiTest {

    private static final String SERVER =
            """
            {"name": "server-a", "kind": "server", "hosts": ["db.example", "127.0.0.1"],
             "validFor": "24h"}""";

    @LocalServerPort int port;
    private HttpCalls calls;

    @BeforeEach
    void open() {
        calls = new HttpCalls(port);
    }

    @AfterEach
    void close() {
        calls.delete("/certificates/server-a");
        calls.close();
    }

    @Test
    void keyFitsTheCertificateWhenItIsIssued() throws Exception {
        Answer issued = calls.post("/certificates", SERVER);
        assertThat(issued.status()).isEqualTo(201);
        assertThat(issued.header("location")).isEqualTo("/api/v1/certificates/server-a");
        assertThat(issued.header("cache-control")).isEqualTo("no-store");
        X509Certificate certificate = Pem.certificates(issued.at("/certificate")).getFirst();
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(Pem.privateKey(issued.at("/privateKey")));
        byte[] signed = signature.sign();
        signature.initVerify(certificate);
        assertThat(signature.verify(signed)).isTrue();
        assertThat(Pem.certificates(issued.at("/chain"))).hasSize(2).startsWith(certificate);
    }

    @Test
    void keyIsNeverToldAgainWhenTheCertificateIsRead() {
        String etag = calls.post("/certificates", SERVER).header("etag");
        Answer read = calls.get("/certificates/server-a");
        assertThat(read.header("etag")).isEqualTo(etag);
        assertThat(read.at("/hosts/0")).isEqualTo("db.example");
        assertThat(read.text()).doesNotContain("PRIVATE").doesNotContain("privateKey");
        assertThat(calls.get("/certificates").text())
                .contains("\"name\":\"server-a\"")
                .doesNotContain("PRIVATE");
    }

    @Test
    void nameIsTakenUntilItsCertificateIsDeleted() {
        calls.post("/certificates", SERVER);
        assertThat(calls.post("/certificates", SERVER).problem()).isEqualTo("409");
        assertThat(calls.delete("/certificates/server-a").status()).isEqualTo(204);
        assertThat(calls.delete("/certificates/server-a").problem()).isEqualTo("404");
        assertThat(calls.get("/certificates/server-a").problem()).isEqualTo("404");
        assertThat(calls.post("/certificates", SERVER).status()).isEqualTo(201);
    }

    @Test
    void authoritySignedItselfWhenItIsDownloaded() throws Exception {
        Answer answer = calls.get("/certificates/ca");
        assertThat(answer.header("content-type")).startsWith("application/x-pem-file");
        X509Certificate ca = Pem.certificates(answer.text()).getFirst();
        ca.verify(ca.getPublicKey());
        assertThat(ca.getBasicConstraints()).isZero();
        assertThat(answer.header("etag")).isNotEmpty();
        Answer json =
                calls.with(
                        "GET", "/certificates/ca", "text/plain", "", "Accept", "application/json");
        assertThat(json.problem()).isEqualTo("406");
    }

    @Test
    void certificateStaysWhenAnotherVersionIsToBeDeleted() {
        String etag = calls.post("/certificates", SERVER).header("etag");
        assertThat(calls.delete("/certificates/server-a", "If-Match", "\"1\"").problem())
                .isEqualTo("412");
        assertThat(calls.delete("/certificates/server-a", "If-Match", etag).status())
                .isEqualTo(204);
        assertThat(calls.get("/certificates?cursor=NO").problem()).isEqualTo("400 cursor");
    }

    @Test
    void addressIsWrittenInItsShortFormWhenItIsIpv6() {
        String body = SERVER.replace("127.0.0.1", "2001:db8:0:0::1");
        assertThat(calls.post("/certificates", body).at("/hosts/1")).isEqualTo("2001:db8::1");
    }

    @Test
    void oneFaultIsToldWhenThereIsOne() {
        String body = SERVER.replace("\"db.example\", \"127.0.0.1\"", "\"a@b\"");
        Answer wrong = calls.post("/certificates", body);
        assertThat(wrong.json().at("/errors")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{'kind': 'client'}                                        | 400 name",
                "{'name': 'ca', 'kind': 'client'}                          | 400 name",
                "{'name': 'x'}                                             | 400 kind",
                "{'name': 'x', 'kind': 'both', 'hosts': ['h']}             | 400 kind",
                "{'name': 'x', 'kind': 'server'}                           | 400 hosts",
                "{'name': 'x', 'kind': 'server', 'hosts': ['127.1']}       | 400 hosts[0]",
                "{'name': 'x', 'kind': 'server', 'hosts': [null]}          | 400 hosts[0]",
                "{'name': 'x', 'kind': 'server', 'hosts': 'h'}             | 400 hosts",
                "{'name': 'x', 'kind': 'client', 'validFor': '0s'}         | 400 validFor",
                "{'name': 'x', 'kind': 'client', 'validFor': '4000d'}      | 400 validFor",
                "{'name': 'x', 'kind': 'client', 'key': 'mine'}            | 400 key"
            })
    void nothingIsIssuedWhenTheRequestIsNotValid(String body, String problem) {
        assertThat(calls.post("/certificates", body.replace('\'', '"')).problem())
                .isEqualTo(problem);
        assertThat(calls.get("/certificates/x").status()).isEqualTo(404);
    }
}
