package dev.sonde.security;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/// The guard of a port of its own, by the rules of the API: a token where the service needs one,
/// and no request that a page of another site has made. Safe for any thread.
public final class PortGuard {

    private static final String BEARER = "Bearer ";

    private final AccessMode mode;
    private final HostNames names;
    private final AuthenticationManager tokens;

    PortGuard(AccessMode mode, HostNames names, AuthenticationManager tokens) {
        this.mode = mode;
        this.names = names;
        this.tokens = tokens;
    }

    /// The part of a request that is judged; absent headers are absent.
    ///
    /// @param isRead whether it changes nothing
    public record Request(
            @Nullable String host,
            @Nullable String origin,
            @Nullable String fetchSite,
            @Nullable String authorization,
            boolean isRead) {}

    /// A refusal.
    public record Refusal(int status, String message) {}

    /// Judges a request.
    ///
    /// @param isOpen whether this port needs no token
    /// @return absent where it is admitted
    public @Nullable Refusal judge(Request request, boolean isOpen) {
        if (isForeign(request)) {
            return new Refusal(
                    403, "the request names another host than this service (sonde.security.hosts)");
        }
        if (isOpen || mode.isOpen()) {
            return null;
        }
        Role role = request.isRead() ? Role.VIEWER : Role.OPERATOR;
        Authentication caller = caller(request.authorization());
        if (caller == null) {
            return new Refusal(401, "a token is needed: Authorization: Bearer <token>");
        }
        return role.isOf(caller) ? null : new Refusal(403, "the token's role may not do this");
    }

    private boolean isForeign(Request request) {
        String site = request.fetchSite();
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return true;
        }
        String origin = request.origin();
        if (origin != null && !names.isOurs(hostOf(origin))) {
            return true;
        }
        return mode == AccessMode.OPEN_ON_LOOPBACK
                && !names.isOurs(hostOf("http://" + request.host()));
    }

    private static @Nullable String hostOf(String url) {
        try {
            return URI.create(url).getHost();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    private @Nullable Authentication caller(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(BEARER)) {
            return null;
        }
        try {
            String token = authorization.substring(BEARER.length()).strip();
            return token.isEmpty()
                    ? null
                    : tokens.authenticate(new BearerTokenAuthenticationToken(token));
        } catch (AuthenticationException _) {
            return null;
        }
    }
}
