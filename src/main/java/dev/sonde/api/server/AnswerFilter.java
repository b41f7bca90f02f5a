package dev.sonde.api.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Sends a JSON document of the API in as few parts as its size allows. The framework flushes each
/// document before its end is known. A small one would leave in two parts. Streams are flushed as
/// their writers say.
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 10)
final class AnswerFilter extends OncePerRequestFilter {

    private static final String ROOT = "/api/v1/";

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith(ROOT);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, new Whole(response));
    }

    /// An answer that is flushed by its end, if it is a document.
    private static final class Whole extends HttpServletResponseWrapper {

        private @Nullable Body body;

        Whole(HttpServletResponse response) {
            super(response);
        }

        private boolean isDocument() {
            String type = getContentType();
            return type != null
                    && (type.startsWith("application/json")
                            || type.startsWith("application/problem+json"));
        }

        @Override
        public void flushBuffer() throws IOException {
            if (!isDocument()) {
                super.flushBuffer();
            }
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            Body open = body;
            if (open == null) {
                open = new Body(super.getOutputStream());
                body = open;
            }
            return open;
        }

        /// The stream of the answer.
        private final class Body extends ServletOutputStream {

            private final ServletOutputStream out;

            Body(ServletOutputStream out) {
                this.out = out;
            }

            @Override
            public void write(int octet) throws IOException {
                out.write(octet);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
            }

            @Override
            public void flush() throws IOException {
                if (!isDocument()) {
                    out.flush();
                }
            }

            @Override
            public void close() throws IOException {
                out.close();
            }

            @Override
            public boolean isReady() {
                return out.isReady();
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                out.setWriteListener(listener);
            }
        }
    }
}
