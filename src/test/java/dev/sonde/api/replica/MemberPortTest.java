package dev.sonde.api.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.sonde.cluster.forward.ForwardPort;
import dev.sonde.cluster.member.MemberKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.security.web.FilterChainProxy;

/// The port on which a replica takes requests that others forward.
@ExtendWith(ReplicaPair.Shared.class)
@ResourceLock("ReplicaPair")
class MemberPortTest {

    private static ReplicaPair pair;
    private static int port;

    @BeforeAll
    static void start(ReplicaPair shared) {
        pair = shared;
        port = pair.second.getBean(ForwardPort.class).port();
    }

    @Test
    void memberSpeaksForACallerAndTheRoleIsJudgedAgain() throws Exception {
        assertThat(member("GET /api/v1/caller", "Sonde-Caller: ann%20b", "Sonde-Roles: VIEWER"))
                .startsWith("HTTP/1.1 200")
                .contains("ann b", "viewer");
        assertThat(
                        member(
                                "POST /api/v1/probes/x/runs",
                                "Sonde-Caller: ann",
                                "Sonde-Roles: VIEWER",
                                "Content-Length: 0"))
                .startsWith("HTTP/1.1 403")
                .contains("ann may not POST this");
        assertThat(member("GET /api/v1/caller", "Sonde-Caller: ann")).startsWith("HTTP/1.1 401");
        assertThat(member("GET /api/v1/caller", "Sonde-Caller: ann", "Sonde-Roles: GOD"))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void secondHopIsRefused() throws Exception {
        String check =
                pair.one
                        .post("/checks", "{\"targets\": [\"127.0.0.1:%d\"]}".formatted(pair.port()))
                        .at("/id");
        String answer =
                member(
                        "GET /api/v1/checks/" + check,
                        "Sonde-Forwarded: three",
                        "Sonde-Caller: ann",
                        "Sonde-Roles: VIEWER");
        assertThat(answer)
                .startsWith("HTTP/1.1 508")
                .contains("urn:sonde:problem:forwarded-twice", "replica one has it");
    }

    @Test
    void strangerIsRefusedByTheHandshake() throws Exception {
        MemberKeys others = MemberKeys.make(pair.directory.resolve("others.p12"));
        for (SSLContext stranger :
                List.of(others.contextOfStranger(), pair.keys.contextOfNobody())) {
            assertThatIOException()
                    .isThrownBy(() -> call(stranger, "GET /api/v1/caller", "Sonde-Roles: ADMIN"));
        }
    }

    @Test
    void rateAndAuditAreTheBusinessOfTheReplicaThatIsAsked() {
        assertThat(
                        pair.second
                                .getBean(FilterChainProxy.class)
                                .getFilterChains()
                                .getFirst()
                                .getFilters())
                .extracting(filter -> filter.getClass().getSimpleName())
                .contains("ForwardedCaller", "AuthorizationFilter")
                .doesNotContain("RateFilter", "AuditFilter");
    }

    private static String member(String request, String... headers) throws Exception {
        return call(pair.keys.context(), request, headers);
    }

    private static String call(SSLContext context, String request, String... headers)
            throws IOException, GeneralSecurityException {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
            String text =
                    request
                            + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                            + String.join("\r\n", headers)
                            + "\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
