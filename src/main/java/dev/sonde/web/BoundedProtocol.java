package dev.sonde.web;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/// HTTP/1.1 with bounded connections. The server makes it by its name, so it is public.
public final class BoundedProtocol extends Http11NioProtocol {

    private final BoundedEndpoint endpoint;

    public BoundedProtocol() {
        this(new BoundedEndpoint());
    }

    private BoundedProtocol(BoundedEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    void bound(Connections connections) {
        endpoint.bound(connections);
    }

    @Override
    protected Processor createProcessor() {
        return new WatchedProcessor(this, new AsteriskAdapter(getAdapter()));
    }
}
