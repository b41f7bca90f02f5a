package dev.sonde.listen.proxy;

import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.transport.AcceptedSocket;
import dev.sonde.listen.transport.Transport;
import dev.sonde.listen.upstream.UpstreamConnect;
import dev.sonde.listen.upstream.UpstreamFault;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// The way of a proxied connection to its two sides.
///
/// ```
/// [Securing] --> Connecting --> the pair is joined
///     '-- failed --'-- failed --> the pair gives up or ends
/// ```
///
/// Confined to the connection's loop.
final class PairOpening implements UpstreamConnect.Told {

    private final Pair pair;
    private final PairTerms terms;
    private final Leg client;

    /// Present during the handshake with the client.
    private @Nullable ClientSecuring securing;

    /// Present during the connect.
    private @Nullable UpstreamConnect connect;

    PairOpening(Pair pair, PairTerms terms, Leg client) {
        this.pair = pair;
        this.terms = terms;
        this.client = client;
    }

    void begin() {
        if (terms.tls() == null) {
            connect();
            return;
        }
        securing =
                new ClientSecuring(
                        terms.tls(),
                        client,
                        pair.lane(),
                        terms.history(),
                        pair.engine(),
                        this::secure);
        secure();
    }

    /// Goes on with the handshake with the client, where it runs.
    void secure() {
        if (securing == null) {
            return;
        }
        try {
            if (securing.proceed()) {
                securing = null;
                connect();
            }
        } catch (ClientSecuring.FailedException e) {
            securing = null;
            pair.finish(e.end());
        } catch (IOException | RuntimeException e) {
            pair.onFailure(client, e);
        }
    }

    private void connect() {
        connect =
                new UpstreamConnect(
                        pair.engine(), pair.lane(), terms.listener(), terms.proxy(), this);
        connect.start();
    }

    @Override
    public void connecting(InetSocketAddress remote) {
        terms.history().upstreamConnecting(remote, pair.lane().now());
    }

    @Override
    public void connected(SocketChannel channel, AcceptedSocket socket, Transport transport) {
        connect = null;
        pair.join(channel, socket, transport);
    }

    @Override
    public void failed(UpstreamFault why) {
        connect = null;
        terms.history().upstreamFailed(why.reason(), why.errno(), pair.lane().now());
        if (why.isReset()) {
            // It was connected, and reset before that was seen here.
            pair.end(ConnectionEnd.UPSTREAM_RST, CloseMode.RST);
        } else {
            pair.giveUp();
        }
    }

    /// The connection ends, and with it a running handshake or connect.
    void stop() {
        if (securing != null) {
            securing.stop();
            securing = null;
        }
        if (connect != null) {
            connect.cancel();
            connect = null;
        }
    }
}
