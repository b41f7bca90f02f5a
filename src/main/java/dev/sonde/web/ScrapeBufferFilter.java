package dev.sonde.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Gives a scrape a larger buffer. The server writes a buffer's bytes at once, and a scrape of many
/// probes has megabytes. The server keeps such a buffer for later requests, one for each request
/// that was served at the same time.
final class ScrapeBufferFilter extends OncePerRequestFilter {

    /// Eight times the server's own size.
    static final int BYTES = 64 * 1_024;

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.setBufferSize(BYTES);
        chain.doFilter(request, response);
    }
}
