package dev.sonde.tls;

import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.probe.finding.OcspStaple;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.tls.certificate.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import tlschannel.ClientTlsChannel;

/// The client's end of a TLS connection.
public final class TlsClientConnection extends TlsConnection {

    private final RecordingTrustManager verdict;
    private final RecordingKeyManager key;
    private final String serverName;
    private final PresentedChain presented;

    private final ReadAhead ahead = new ReadAhead();

    private long receivedInHandshake;

    TlsClientConnection(
            SSLEngine engine,
            RawChannel raw,
            RecordingTrustManager verdict,
            RecordingKeyManager key,
            String serverName) {
        super(
                engine,
                raw,
                ClientTlsChannel.newBuilder(raw, engine)
                        .withRunTasks(false)
                        .withReleaseBuffers(true)
                        .build());
        this.verdict = verdict;
        this.key = key;
        this.serverName = serverName;
        this.presented = new PresentedChain(engine);
    }

    @Override
    public Runnable task() {
        return presented.during(super.task());
    }

    @Override
    public Want handshake() throws IOException {
        Want want = super.handshake();
        if (want == Want.NOTHING) {
            receivedInHandshake = raw().received();
            presented.forget();
        }
        return want;
    }

    /// Whether the peer may still refuse this end's certificate. In TLS 1.3 it does so after the
    /// client's handshake, before it sends anything else (RFC 8446 section 4.4.2).
    public boolean isUndecided() {
        return isEstablished()
                && key.isAsked()
                && raw().received() == receivedInHandshake
                && !raw().isEnded()
                && engine().getSession().getProtocol().equals("TLSv1.3");
    }

    /// Reads what has come, to be read again by [#read].
    ///
    /// @throws IOException when the peer refused this end after the handshake; [#fault] has the
    ///     reason
    public void lookAhead() throws IOException {
        if (ahead.isEmpty()) {
            ByteBuffer room = ByteBuffer.allocate(engine().getSession().getApplicationBufferSize());
            if (super.read(room) > 0) {
                ahead.keep(room.flip());
            }
        }
    }

    @Override
    public boolean mayHoldMore() {
        return !ahead.isEmpty() || super.mayHoldMore();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return ahead.isEmpty() ? super.read(into) : ahead.take(into);
    }

    /// Bytes of TLS that have come.
    public long received() {
        return raw().received();
    }

    /// The latest message of the handshake that is known to have come; null before a ServerHello.
    ///
    /// The request for a certificate follows the server's own in TLS 1.2 (RFC 5246 section 7.3). In
    /// TLS 1.3 it precedes it (RFC 8446 section 4.3.2).
    public @Nullable String lastMessage() {
        SSLSession session = engine().getHandshakeSession();
        boolean isNamed = !verdict.chain().isEmpty();
        boolean isLater = session == null || !session.getProtocol().equals("TLSv1.3");
        if (key.isAsked() && (!isNamed || isLater)) {
            return "CertificateRequest";
        }
        if (isNamed) {
            return "Certificate";
        }
        return session == null ? null : "ServerHello";
    }

    /// Bytes of TLS that have left.
    public long sent() {
        return raw().sent();
    }

    /// Whether the peer warned that it does not know the name that it was asked for.
    public boolean isNameUnknown() {
        return raw().isNameUnknown();
    }

    /// Whether the peer's certificate was to be verified, and its own stapled response says that it
    /// is revoked.
    public boolean isRevoked() {
        List<byte[]> staples = verdict.isVerified() == null ? List.of() : staples();
        return !staples.isEmpty()
                && OcspReader.read(staples.getFirst()).status() == OcspStaple.Status.REVOKED;
    }

    /// Whether the peer asked for a certificate and was shown none.
    public boolean isClientUnnamed() {
        return key.isAsked() && !key.isShown();
    }

    /// The report so far.
    public TlsReport report() {
        SSLSession session = isEstablished() ? engine().getSession() : sessionOfChain();
        String protocol = isEstablished() ? engine().getApplicationProtocol() : null;
        List<CertificateFacts> chain =
                verdict.chain().isEmpty()
                        ? presented.facts()
                        : verdict.chain().stream().map(Fingerprint::facts).toList();
        List<byte[]> staples = isEstablished() ? staples() : List.of();
        return new TlsReport(
                session == null ? null : session.getProtocol(),
                session == null ? null : session.getCipherSuite(),
                protocol == null || protocol.isEmpty() ? null : protocol,
                serverName,
                chain,
                verdict.isVerified(),
                verdict.verifiedUntil(),
                isEstablished() ? !staples.isEmpty() : null,
                key.isAsked(),
                staples.isEmpty() ? null : OcspReader.read(staples.getFirst()));
    }

    private @Nullable SSLSession sessionOfChain() {
        return verdict.chain().isEmpty() ? presented.session() : verdict.session();
    }

    private List<byte[]> staples() {
        return engine().getSession() instanceof ExtendedSSLSession session
                ? session.getStatusResponses()
                : List.of();
    }

    @Override
    @Nullable Refusal refusal() {
        return verdict.chain().isEmpty() ? presented.refusal() : verdict.refusal();
    }
}
