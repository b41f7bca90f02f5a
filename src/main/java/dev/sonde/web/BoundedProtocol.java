package dev.sonde.web;

import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;

/// HTTP/1.1 with bounded connections. The server makes it by its name, so it is public.
public final class BoundedProtocol extends Http11NioProtocol {

    private final BoundedEndpoint endpoint;

    /// Held while the look at waiting processors begins or ends.
    private final Object waiting = new Object();

    public BoundedProtocol() {
        this(new BoundedEndpoint());
    }

    private BoundedProtocol(BoundedEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /// Whether the timeouts of connections are looked at; for tests.
    boolean isSweeping() {
        return endpoint.isSweeping();
    }

    void bound(Connections connections) {
        endpoint.bound(connections);
    }

    /// Called by the server once a minute; it would look every second, also without any processor.
    @Override
    protected void startAsyncTimeout() {
        synchronized (waiting) {
            if (getWaitingProcessorCount() > 0) {
                super.startAsyncTimeout();
            } else {
                stopAsyncTimeout();
            }
        }
    }

    /// The first request that is answered asynchronously begins the look at their times.
    @Override
    public void addWaitingProcessor(Processor processor) {
        synchronized (waiting) {
            super.addWaitingProcessor(processor);
            super.startAsyncTimeout();
        }
    }

    @Override
    protected Processor createProcessor() {
        return new WatchedProcessor(this, new AsteriskAdapter(getAdapter()));
    }
}
