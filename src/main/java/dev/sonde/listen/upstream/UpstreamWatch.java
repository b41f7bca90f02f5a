package dev.sonde.listen.upstream;

import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.engine.LoopTimer;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.transport.AcceptedSocket;
import dev.sonde.listen.transport.Transport;
import dev.sonde.probe.spec.CloseMode;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Repeated connects to an upstream, until one succeeds. Confined to its loop's thread.
public final class UpstreamWatch {

    private static final Duration PERIOD = Duration.ofMillis(500);

    private final ListenEngine engine;
    private final Lane lane;
    private final String listener;
    private final Behaviour.Proxy proxy;
    private final Runnable whenBack;
    private final LoopTimer timer;
    private @Nullable UpstreamConnect connect;

    /// @param whenBack called once, on the loop
    public UpstreamWatch(
            ListenEngine engine,
            Lane lane,
            String listener,
            Behaviour.Proxy proxy,
            Runnable whenBack) {
        this.engine = engine;
        this.lane = lane;
        this.listener = listener;
        this.proxy = proxy;
        this.whenBack = whenBack;
        this.timer = new LoopTimer(lane.loop(), this::look);
    }

    public void start() {
        timer.setAfter(PERIOD);
    }

    public void stop() {
        timer.cancel();
        if (connect != null) {
            connect.cancel();
        }
    }

    private void look() {
        connect = new UpstreamConnect(engine, lane, listener, proxy, new Told());
        connect.start();
    }

    private final class Told implements UpstreamConnect.Told {

        @Override
        public void connecting(InetSocketAddress remote) {
            // Nobody has asked.
        }

        @Override
        public void connected(SocketChannel channel, AcceptedSocket socket, Transport transport) {
            transport.close(CloseMode.FIN);
            engine.sockets().descriptors().release();
            whenBack.run();
        }

        @Override
        public void failed(UpstreamFault why) {
            timer.setAfter(PERIOD);
        }
    }
}
