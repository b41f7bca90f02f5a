package dev.sonde.blackbox;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Answers in plain text, errors included, as Go's `http.Error` writes them.
final class PlainText {

    private static final String TYPE = "text/plain; charset=utf-8";

    private PlainText() {}

    static void write(HttpServletResponse response, String text) throws IOException {
        write(response, TYPE, text.getBytes(StandardCharsets.UTF_8));
    }

    static void error(HttpServletResponse response, int status, String message) throws IOException {
        response.setStatus(status);
        response.setHeader("X-Content-Type-Options", "nosniff");
        write(response, message + "\n");
    }

    static void write(HttpServletResponse response, String type, byte[] body) throws IOException {
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
