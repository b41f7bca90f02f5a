package dev.sonde.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.filter.OncePerRequestFilter;

/// Gathers a scrape in a large buffer. A scrape of many probes has megabytes, and the server would
/// write each small part of them at once.
final class ScrapeBufferFilter extends OncePerRequestFilter {

    /// As long as a part of a scrape, which then passes the server's own buffer without a copy.
    static final int PART_BYTES = 16 * 1_024;

    private final LargeBuffers buffers = new LargeBuffers();

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setBufferSize(PART_BYTES);
        Optional<GatheredAnswer> answer =
                HttpConnection.of(request).flatMap(HttpConnection::gathered);
        answer.ifPresent(gathered -> gathered.begin(buffers));
        try {
            chain.doFilter(request, response);
        } finally {
            answer.ifPresent(GatheredAnswer::complete);
        }
    }
}
