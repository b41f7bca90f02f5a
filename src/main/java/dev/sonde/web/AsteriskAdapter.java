package dev.sonde.web;

import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;

/// The server's adapter, which also reports a fault of `OPTIONS *`.
///
/// The server answers this request before any part that reports faults. A refused request gets a
/// path of its own here, so its answer has a problem document.
final class AsteriskAdapter implements Adapter {

    private static final int FIRST_ERROR = 400;

    private final Adapter server;

    AsteriskAdapter(Adapter server) {
        this.server = server;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        if (response.getStatus() >= FIRST_ERROR && request.requestURI().equals("*")) {
            request.requestURI().setString("/*");
        }
        server.service(request, response);
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return server.prepare(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event)
            throws Exception {
        return server.asyncDispatch(request, response, event);
    }

    @Override
    public void log(Request request, Response response, long time) {
        server.log(request, response, time);
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        server.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
        return server.getDomain();
    }
}
