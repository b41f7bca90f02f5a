package dev.sonde.api.server;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/// A request whose body is read from another stream.
final class BodyRequest extends HttpServletRequestWrapper {

    private final ServletInputStream body;

    BodyRequest(HttpServletRequest request, ServletInputStream body) {
        super(request);
        this.body = body;
    }

    @Override
    public ServletInputStream getInputStream() {
        return body;
    }
}
