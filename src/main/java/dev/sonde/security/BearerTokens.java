package dev.sonde.security;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/// Finds the caller of a bearer token: one of the configured ones, else a JWT.
final class BearerTokens implements AuthenticationManager {

    private final StaticTokens tokens;
    private final @Nullable JwtAuthenticationProvider jwt;

    BearerTokens(StaticTokens tokens, @Nullable JwtAuthenticationProvider jwt) {
        this.tokens = tokens;
        this.jwt = jwt;
    }

    @Override
    public Authentication authenticate(Authentication shown) {
        String token = ((BearerTokenAuthenticationToken) shown).getToken();
        return configured(token).orElseGet(() -> authenticateJwt(shown));
    }

    /// The caller of a configured token.
    Optional<Authentication> configured(String token) {
        return tokens.find(token).map(BearerTokens::caller);
    }

    private static Authentication caller(SecurityProperties.Token known) {
        return new PreAuthenticatedAuthenticationToken(
                known.name(), "", known.role().authorities());
    }

    private Authentication authenticateJwt(Authentication shown) {
        Authentication caller = jwt == null ? null : jwt.authenticate(shown);
        if (caller == null) {
            throw new InvalidBearerTokenException("the token is not known");
        }
        return caller;
    }
}
