package dev.sonde.tls;

import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.tls.certificate.Fingerprint;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import tlschannel.ServerTlsChannel;

/// The server's end of a TLS connection.
public final class TlsServerConnection extends TlsConnection {

    /// How the engine begins the message of a refusal of its own.
    private static final Pattern OWN_ALERT = Pattern.compile("^\\((\\w+)\\) ");

    private final RecordingTrustManager verdict;
    private final AskedName askedName;

    TlsServerConnection(
            SSLContext context,
            SSLEngine engine,
            RawChannel raw,
            RecordingTrustManager verdict,
            AskedName askedName) {
        super(
                engine,
                raw,
                ServerTlsChannel.newBuilder(raw, context)
                        .withEngineFactory(_ -> engine)
                        .withRunTasks(false)
                        .withReleaseBuffers(true)
                        .build());
        this.verdict = verdict;
        this.askedName = askedName;
    }

    /// The report so far.
    ///
    /// @param failure the reason why it goes no further; absent without a failure
    public ServerTlsReport report(@Nullable IOException failure) {
        SSLSession session = isEstablished() ? engine().getSession() : verdict.session();
        String protocol = isEstablished() ? engine().getApplicationProtocol() : null;
        List<CertificateFacts> chain = verdict.chain().stream().map(Fingerprint::facts).toList();
        TlsFailure fault = failure == null ? null : fault(failure);
        return new ServerTlsReport(
                session == null ? null : session.getProtocol(),
                session == null ? null : session.getCipherSuite(),
                protocol == null || protocol.isEmpty() ? null : protocol,
                askedName.asked(),
                chain,
                fault == null ? null : fault.detail(),
                failure == null ? null : ownAlert(failure),
                fault == null ? null : fault.alert());
    }

    private static @Nullable String ownAlert(IOException failure) {
        Matcher alert = OWN_ALERT.matcher(String.valueOf(failure.getMessage()));
        return alert.find() ? alert.group(1) : null;
    }

    /// Whether the client has ended its direction.
    public boolean isEnded() {
        return raw().isEnded();
    }

    @Override
    @Nullable Refusal refusal() {
        return verdict.refusal();
    }
}
