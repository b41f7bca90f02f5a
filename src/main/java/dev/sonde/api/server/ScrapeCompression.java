package dev.sonde.api.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Compresses a scrape for a scraper that asks for it, at the fastest level: a scrape of 100,000
/// probes is about 60 MB of text.
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
final class ScrapeCompression extends OncePerRequestFilter {

    private static final String PATH = "/actuator/prometheus";
    private static final int BUFFER_BYTES = 32_768;

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().equals(PATH)
                || !isAsked(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Zipped zipped = new Zipped(response);
        chain.doFilter(request, zipped);
        zipped.finish();
    }

    private static boolean isAsked(@Nullable String header) {
        if (header == null) {
            return false;
        }
        for (String coding : header.split(",", -1)) {
            String given = coding.replace(" ", "");
            if (given.equals("gzip") || given.matches("gzip;q=(?:1(?:\\.0*)?|0\\.\\d*[1-9]\\d*)")) {
                return true;
            }
        }
        return false;
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    /// An answer that is compressed as soon as it has a body.
    private static final class Zipped extends HttpServletResponseWrapper {

        private @Nullable Body body;

        Zipped(HttpServletResponse response) {
            super(response);
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            Body open = body;
            if (open == null) {
                setHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
                addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
                open = new Body(new FastGzip(getResponse().getOutputStream()));
                body = open;
            }
            return open;
        }

        @Override
        public void setContentLength(int length) {
            // The length of what is not sent.
        }

        @Override
        public void setContentLengthLong(long length) {
            // The length of what is not sent.
        }

        void finish() throws IOException {
            Body open = body;
            if (open != null) {
                open.gzip.finish();
            }
        }
    }

    private static final class Body extends ServletOutputStream {

        private final GZIPOutputStream gzip;

        Body(GZIPOutputStream gzip) {
            this.gzip = gzip;
        }

        @Override
        public void write(int b) throws IOException {
            gzip.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            gzip.write(bytes, from, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("a scrape is written by its own thread");
        }
    }
}
