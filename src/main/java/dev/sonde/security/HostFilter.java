package dev.sonde.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses requests of foreign pages in a browser of this host while the service is open on
/// loopback.
///
/// A page of any site can have its own name resolve to 127.0.0.1 (DNS rebinding); `Host` then has
/// that name. A page can also send a request directly; `Origin` then has its site.
final class HostFilter extends OncePerRequestFilter {

    private final HostNames names;
    private final Refusals refusals;

    /// @param more names beside those of loopback
    HostFilter(List<String> more, Refusals refusals) {
        this.names = new HostNames(more);
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = request.getServerName();
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (!names.isOurs(host)) {
            refusals.foreign("Host", host, request, response);
        } else if (origin != null && !names.isOurs(hostOf(origin))) {
            refusals.foreign("Origin", origin, request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    /// Null where it names none, as for a page that hides it.
    private static @Nullable String hostOf(String origin) {
        try {
            return URI.create(origin).getHost();
        } catch (IllegalArgumentException _) {
            return null;
        }
    }
}
