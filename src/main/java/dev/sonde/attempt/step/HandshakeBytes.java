package dev.sonde.attempt.step;

import dev.sonde.attempt.connect.Timeline;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.tls.HandshakeDriver;
import dev.sonde.tls.TlsClientConnection;
import dev.sonde.tls.TlsConnection;
import java.io.IOException;

/// The bytes of one TLS handshake as the timeline has them. Confined to the loop's thread of its
/// connection.
final class HandshakeBytes {

    private final HandshakeDriver<TlsClientConnection> driver;
    private final Timeline timeline;

    HandshakeBytes(HandshakeDriver<TlsClientConnection> driver, Timeline timeline) {
        this.driver = driver;
        this.timeline = timeline;
    }

    /// Goes on with the handshake, and notes the bytes that passed.
    TlsConnection.Want proceed() throws IOException {
        TlsClientConnection before = driver.connection();
        long sent = before == null ? 0 : before.sent();
        long received = before == null ? 0 : before.received();
        try {
            return driver.proceed();
        } finally {
            TlsClientConnection own = driver.connection();
            if (own != null) {
                noteBytes(sent, own.sent(), own.received() - received);
            }
        }
    }

    /// The first message is the client's.
    private void noteBytes(long sentBefore, long sent, long received) {
        if (sentBefore == 0) {
            note(Kind.HANDSHAKE_SENT, sent);
            note(Kind.HANDSHAKE_RECEIVED, received);
        } else {
            note(Kind.HANDSHAKE_RECEIVED, received);
            note(Kind.HANDSHAKE_SENT, sent - sentBefore);
        }
    }

    private void note(Kind kind, long bytes) {
        if (bytes > 0) {
            timeline.note(kind, (int) bytes);
        }
    }
}
