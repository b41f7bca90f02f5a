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
    private final BearerTokens tokens;
    private final RateLimits limits;
    private final List<AccessRule> table;
    private final GuardHeaders headers = new GuardHeaders();
    private final DefaultBearerTokenResolver shown = new DefaultBearerTokenResolver();

    DirectAccess(
            AccessMode mode,
            SecurityProperties properties,
            PageProperties page,
            BearerTokens tokens,
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

    /// Decides on further requests of one caller on one connection, whose headers are those of an
    /// admitted one. It never waits. Safe for any thread.
    @FunctionalInterface
    public interface Repetition {

        /// Admits a further request and counts it.
        ///
        /// @return false where the filter chain has to decide; nothing is counted then
        boolean isAdmitted();
    }

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

    /// The decision on further requests of an admitted caller on its connection.
    ///
    /// @param path the path that it was admitted to
    /// @return null where a decision might wait, as on a JWT
    public @Nullable Repetition repeated(HttpServletRequest request, Admitted caller, String path) {
        HttpConnection connection = HttpConnection.of(request).orElse(null);
        if (connection == null) {
            return null;
        }
        String counted = counted(request, caller);
        Repetition limited =
                () -> !connection.isBeyondLimit() && !limits.take(counted).isPositive();
        if (mode.isOpen()) {
            return limited;
        }
        String name = caller.name();
        String token = shown.resolve(request);
        return name == null || token == null || !isKnown(token, name, path)
                ? null
                : () -> isKnown(token, name, path) && limited.isAdmitted();
    }

    /// Whether a configured token still has its name and its right.
    private boolean isKnown(String token, String name, String path) {
        Authentication caller = tokens.configured(token).orElse(null);
        return caller != null && name.equals(caller.getName()) && isAllowed(caller, path);
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
