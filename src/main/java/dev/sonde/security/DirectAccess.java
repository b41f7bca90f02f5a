package dev.sonde.security;

import dev.sonde.page.PageProperties;
import dev.sonde.security.direct.GuardHeaders;
import dev.sonde.security.direct.PlainRequest;
import dev.sonde.web.ForwardedRequest;
import dev.sonde.web.HttpConnection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;

/// The guard of plain requests that are answered ahead of the filter chain. It judges host, caller,
/// role and rate as the chain does. Safe for any thread.
///
/// It admits, or decides nothing. A request that it does not admit goes through the chain, whose
/// filters refuse it, count it and log it.
public final class DirectAccess {

    private final AccessMode mode;
    private final HostNames names;
    private final AuthenticationManager tokens;
    private final RateLimits limits;
    private final List<AccessRule> table;
    private final GuardHeaders headers = new GuardHeaders();
    private final DefaultBearerTokenResolver shown = new DefaultBearerTokenResolver();

    DirectAccess(
            AccessMode mode,
            SecurityProperties properties,
            PageProperties page,
            AuthenticationManager tokens,
            RateLimits limits) {
        this.mode = mode;
        this.names = new HostNames(properties.hosts());
        this.tokens = tokens;
        this.limits = limits;
        this.table = AccessRule.table(properties, page.isPublic());
    }

    /// An admitted caller.
    ///
    /// @param name absent for one without a name
    public record Admitted(@Nullable String name) {}

    /// Admits a request, counts it, and writes the headers of every answer.
    ///
    /// @param path a path of the table of rights, without a pattern
    /// @return absent where the filter chain has to decide
    public @Nullable Admitted admit(
            HttpServletRequest request, HttpServletResponse response, String path) {
        if (!PlainRequest.is(request, path)
                || ForwardedRequest.is(request)
                || HttpConnection.of(request).filter(HttpConnection::isBeyondLimit).isPresent()
                || (mode == AccessMode.OPEN_ON_LOOPBACK
                        && !names.isOurs(request.getServerName()))) {
            return null;
        }
        Admitted caller = caller(request, path);
        if (caller == null || limits.take(counted(request, caller)).isPositive()) {
            return null;
        }
        headers.writeHeaders(request, response);
        return caller;
    }

    private String counted(HttpServletRequest request, Admitted caller) {
        return Callers.counted(mode.isOpen() ? null : caller.name(), request);
    }

    private @Nullable Admitted caller(HttpServletRequest request, String path) {
        if (mode.isOpen()) {
            return new Admitted(OpenAccessFilter.ANYBODY.getName());
        }
        try {
            String token = shown.resolve(request);
            Authentication caller =
                    token == null
                            ? null
                            : tokens.authenticate(new BearerTokenAuthenticationToken(token));
            return isAllowed(caller, path)
                    ? new Admitted(caller == null ? null : caller.getName())
                    : null;
        } catch (AuthenticationException _) {
            return null; // The chain asks again, and answers.
        }
    }

    private boolean isAllowed(@Nullable Authentication caller, String path) {
        for (AccessRule rule : table) {
            if (rule.path().equals(path) && rule.methods().contains(HttpMethod.GET)) {
                Role role = rule.role();
                return role == null || (caller != null && role.isOf(caller));
            }
        }
        return false;
    }
}
