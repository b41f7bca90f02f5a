package dev.sonde.web;

import java.io.IOException;
import org.apache.coyote.Adapter;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/// The parser of requests, which knows the connection that they come from.
final class WatchedProcessor extends Http11Processor {

    /// A number that no part of the server uses.
    static final int NOTE = 27;

    WatchedProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
        super(protocol, adapter);
    }

    @Override
    public SocketState service(SocketWrapperBase<?> wrapper) throws IOException {
        if (!(wrapper instanceof WatchedSocket socket)) {
            return super.service(wrapper);
        }
        socket.connection().connections().onBytes(socket.connection());
        getRequest().setNote(NOTE, socket);
        try {
            SocketState state = super.service(wrapper);
            socket.rests(state == SocketState.OPEN);
            return state;
        } finally {
            socket.gathered().end();
        }
    }
}
