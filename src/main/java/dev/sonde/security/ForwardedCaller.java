package dev.sonde.security;

import dev.sonde.web.ForwardedRequest;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/// The caller of a forwarded request: name and role, as the replica that took the request found
/// them. They count on the port for replicas only. The role of the holder's own table is required
/// again.
public final class ForwardedCaller extends OncePerRequestFilter {

    private static final String NAME = "Sonde-Caller";
    private static final String ROLE = "Sonde-Role";

    ForwardedCaller() {}

    /// The headers that name the caller of this thread's request to another replica. Empty for a
    /// caller without a role.
    public static Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        Role role = caller == null ? null : Role.greatest(caller.getAuthorities());
        if (caller != null && role != null) {
            headers.put(NAME, URLEncoder.encode(caller.getName(), StandardCharsets.UTF_8));
            headers.put(ROLE, role.name());
        }
        return headers;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication caller = ForwardedRequest.is(request) ? read(request) : null;
        if (caller != null) {
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(caller);
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }

    private static @Nullable Authentication read(HttpServletRequest request) {
        String name = request.getHeader(NAME);
        String role = request.getHeader(ROLE);
        if (name == null || role == null) {
            return null;
        }
        return Role.of(role)
                .map(
                        known ->
                                new PreAuthenticatedAuthenticationToken(
                                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                                        "",
                                        known.authorities()))
                .orElse(null);
    }
}
