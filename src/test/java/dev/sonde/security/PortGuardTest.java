package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/// Requests to a port of its own, by the rules of the API.
class PortGuardTest {

    /// A token is the name of its role.
    private static final AuthenticationManager TOKENS =
            shown -> {
                String token = ((BearerTokenAuthenticationToken) shown).getToken();
                for (Role role : Role.values()) {
                    if (role.name().equals(token)) {
                        return new PreAuthenticatedAuthenticationToken(
                                token, "", role.authorities());
                    }
                }
                throw new BadCredentialsException("unknown");
            };

    @ParameterizedTest
    @CsvSource({
        "SECURED, false, any, , , , true, 401",
        "SECURED, false, any, , , Bearer VIEWER, true, 0",
        "SECURED, false, any, , , Bearer VIEWER, false, 403",
        "SECURED, false, any, , , Bearer OPERATOR, false, 0",
        "SECURED, false, any, , , Bearer ADMIN, false, 0",
        "SECURED, false, any, , , Bearer nobody, false, 401",
        "SECURED, false, any, , , Basic VIEWER, true, 401",
        "SECURED, false, any, , , Bearer, true, 401",
        "SECURED, true, any, , , , false, 0",
        "SECURED, true, any, http://evil.example, , , false, 403",
        "SECURED, true, any, , cross-site, , false, 403",
        "DECLARED_OPEN, false, any, , , , false, 0",
        "DECLARED_OPEN, false, any, http://sonde.example:8474, , , false, 0",
        "OPEN_ON_LOOPBACK, false, 127.0.0.1:8474, , , , false, 0",
        "OPEN_ON_LOOPBACK, false, '[::1]:8474', , same-origin, , false, 0",
        "OPEN_ON_LOOPBACK, false, rebound.example, , , , false, 403",
        "OPEN_ON_LOOPBACK, false, , , , , false, 403"
    })
    void requestIsJudgedByItsHeaders(
            AccessMode mode,
            boolean isOpen,
            @Nullable String host,
            @Nullable String origin,
            @Nullable String site,
            @Nullable String authorization,
            boolean isRead,
            int status) {
        PortGuard guard = new PortGuard(mode, new HostNames(List.of("sonde.example")), TOKENS);
        PortGuard.Refusal refusal =
                guard.judge(
                        new PortGuard.Request(host, origin, site, authorization, isRead), isOpen);
        assertThat(refusal == null ? 0 : refusal.status()).isEqualTo(status);
    }
}
