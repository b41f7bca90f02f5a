package dev.sonde.listen.transport;

import dev.sonde.lane.Lane;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.tls.ServerTlsReport;
import dev.sonde.tls.certificate.TlsAlert;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/// An opening without a handshake: it answers the peer's first message with an alert, or not at
/// all. Confined to the connection's loop.
final class FaultyOpening implements Opening {

    private final ByteChannel bytes;
    private final Lane lane;
    private final @Nullable TlsAlert alert;

    /// @param alert the answer; none is given where it is absent
    FaultyOpening(ByteChannel bytes, Lane lane, @Nullable TlsAlert alert) {
        this.bytes = bytes;
        this.lane = lane;
        this.alert = alert;
    }

    @Override
    public Progress proceed() throws IOException {
        int count = bytes.read(lane.buffer().clear());
        if (count < 0) {
            return new Progress.PeerClosed(unfinished());
        }
        if (count > 0 && alert != null) {
            // Nothing that was sent waits here, so there is room for its few bytes.
            bytes.write(alert.record());
            return new Progress.Failed(
                    ConnectionEnd.TLS_FAILED,
                    ServerTlsReport.refused("refused with an alert, as configured", alert));
        }
        return new Progress.Waiting(SelectionKey.OP_READ);
    }

    @Override
    public boolean mayHoldMore() {
        return false;
    }

    @Override
    public ServerTlsReport unfinished() {
        return ServerTlsReport.refused(
                alert == null ? "never answered, as configured" : "the client said nothing", null);
    }
}
