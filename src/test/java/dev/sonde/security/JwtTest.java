package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/// Tokens of an OAuth2 server, known by its public key.
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "sonde.security.jwt.roles-claim=realm_access.roles",
            "sonde.security.jwt.role-prefix=sonde-",
            "spring.security.oauth2.resourceserver.jwt.audiences=sonde"
        })
@SuppressWarnings("NullAway") // a null fails the test
class JwtTest {

    @TempDir private static Path directory;
    private static KeyPair keys;

    @LocalServerPort private int port;
    private Asker asker;

    @DynamicPropertySource
    static void publicKey(DynamicPropertyRegistry properties)
            throws GeneralSecurityException, IOException {
        keys = newKeys();
        Path file = directory.resolve("key.pem");
        String text = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
        Files.writeString(
                file, "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n");
        properties.add(
                "spring.security.oauth2.resourceserver.jwt.public-key-location",
                () -> file.toUri().toString());
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        return generator.generateKeyPair();
    }

    @BeforeEach
    void connect() {
        asker = new Asker(port);
    }

    @AfterEach
    void disconnect() {
        asker.close();
    }

    private static JWTClaimsSet.Builder claims(String... roles) {
        return new JWTClaimsSet.Builder()
                .subject("jane")
                .audience("sonde")
                .expirationTime(Date.from(Instant.now().plusSeconds(300)))
                .claim("realm_access", Map.of("roles", List.of(roles)));
    }

    private static String signed(JWTClaimsSet claims, KeyPair with) throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
        token.sign(new RSASSASigner(with.getPrivate()));
        return token.serialize();
    }

    private int status(String token, String method, String path) {
        return asker.ask(token, method, path, "").statusCode();
    }

    @Test
    void theRoleOfTheClaimDecidesWhenTheTokenIsValid() throws JOSEException {
        String viewer = signed(claims("sonde-viewer").build(), keys);
        assertThat(status(viewer, "GET", "/api/v1/probes")).isEqualTo(200);
        assertThat(status(viewer, "DELETE", "/api/v1/probes/none")).isEqualTo(403);
        String operator = signed(claims("staff", "sonde-viewer", "sonde-operator").build(), keys);
        assertThat(status(operator, "DELETE", "/api/v1/probes/none")).isEqualTo(404);
    }

    @Test
    void nothingIsAllowedWhenNoRoleIsSondes() throws JOSEException {
        String token = signed(claims("admin", "viewer").build(), keys);
        assertThat(status(token, "GET", "/api/v1/probes")).isEqualTo(403);
    }

    @Test
    void theCallerIsUnknownWhenTheTokenNeverExpires() throws JOSEException {
        String endless = signed(claims("sonde-viewer").expirationTime(null).build(), keys);
        assertThat(status(endless, "GET", "/api/v1/probes")).isEqualTo(401);
    }

    @Test
    void theCallerIsUnknownWhenTheTokenHasExpired() throws JOSEException {
        JWTClaimsSet old =
                claims("sonde-admin")
                        .expirationTime(Date.from(Instant.now().minusSeconds(3_600)))
                        .build();
        assertThat(status(signed(old, keys), "GET", "/api/v1/probes")).isEqualTo(401);
    }

    @Test
    void theCallerIsUnknownWhenTheTokenIsForAnotherService() throws JOSEException {
        JWTClaimsSet other = claims("sonde-admin").audience("other").build();
        assertThat(status(signed(other, keys), "GET", "/api/v1/probes")).isEqualTo(401);
    }

    @Test
    void theCallerIsUnknownWhenAnotherKeySigned() throws Exception {
        String forged = signed(claims("sonde-admin").build(), newKeys());
        assertThat(status(forged, "GET", "/api/v1/probes")).isEqualTo(401);
        assertThat(status("a.b.c", "GET", "/api/v1/probes")).isEqualTo(401);
    }
}
