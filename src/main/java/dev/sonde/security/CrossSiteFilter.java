package dev.sonde.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses a browser's request for a page of another site, if it would change something or make
/// this host connect. The source is the header `Sec-Fetch-Site` (Fetch Metadata). Other programs
/// send no such header.
final class CrossSiteFilter extends OncePerRequestFilter {

    private static final String HEADER = "Sec-Fetch-Site";
    private static final Set<String> FOREIGN = Set.of("cross-site", "same-site");
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String CONNECTING = "/probe";

    private final Refusals refusals;

    CrossSiteFilter(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String site = request.getHeader(HEADER);
        if (site != null && FOREIGN.contains(site) && hasEffect(request)) {
            refusals.crossSite(HEADER + ": " + site, request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean hasEffect(HttpServletRequest request) {
        return !READING.contains(request.getMethod())
                || request.getServletPath().startsWith(CONNECTING);
    }
}
