package dev.sonde.listen.proxy;

import dev.sonde.eventloop.Command;
import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.transport.HandshakeTransport;
import dev.sonde.listen.transport.Opening;
import dev.sonde.listen.transport.Transport;
import dev.sonde.tls.ServerTlsReport;
import dev.sonde.tls.TlsServer;
import java.io.IOException;

/// The TLS handshake with the client of a proxy. Confined to the connection's loop.
final class ClientSecuring {

    private final Leg leg;
    private final Lane lane;
    private final ConnectionLog history;
    private final Opening opening;

    /// Goes on with the bytes that the handshake holds, which no selector reports.
    private final Runnable onward;

    /// The handshake failed, and the client has been sent the reason.
    static final class FailedException extends IOException {

        private static final long serialVersionUID = 1L;

        private final ConnectionEnd end;

        FailedException(ConnectionEnd end) {
            super("the handshake failed");
            this.end = end;
        }

        ConnectionEnd end() {
            return end;
        }
    }

    /// @param goOn has [#proceed] called; called on the loop
    ClientSecuring(
            TlsServer server,
            Leg leg,
            Lane lane,
            ConnectionLog history,
            ListenEngine engine,
            Runnable goOn) {
        this.leg = leg;
        this.lane = lane;
        this.history = history;
        HandshakeTransport beneath = new HandshakeTransport(leg.socket(), lane);
        leg.carryThrough(beneath);
        this.onward = () -> lane.loop().execute(Command.of(goOn));
        this.opening =
                Opening.of(
                        server,
                        leg.socket().bytes(),
                        beneath,
                        lane,
                        engine.tls().threads(),
                        onward);
    }

    /// Goes on as far as it can.
    ///
    /// @return whether payload may pass
    boolean proceed() throws IOException {
        switch (opening.proceed()) {
            case Opening.Progress.Waiting(int ops) -> {
                leg.interest(ops);
                if (opening.mayHoldMore()) {
                    onward.run();
                }
                return false;
            }
            case Opening.Progress.Done(Transport through, ServerTlsReport report) -> {
                history.shaken(report, lane.now());
                leg.interest(0);
                leg.carryThrough(through);
                return true;
            }
            case Opening.Progress.Failed(ConnectionEnd how, ServerTlsReport report) -> {
                history.shaken(report, lane.now());
                throw new FailedException(how);
            }
            case Opening.Progress.PeerClosed(ServerTlsReport report) -> {
                history.shaken(report, lane.now());
                throw new FailedException(ConnectionEnd.PEER_FIN);
            }
        }
    }

    /// The connection ends, and with it the handshake.
    void stop() {
        history.unfinished(opening.unfinished());
    }
}
