package dev.sonde.api.timeline;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.finding.TimelineEvent.Side;
import dev.sonde.probe.finding.TlsReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The names of the messages of one TLS handshake, by its report and its outcome. Immutable.
final class HandshakeText {

    private static final String OLD = "TLSv1.2";

    private final Outcome outcome;
    private final @Nullable TlsReport report;
    private final boolean isEstablished;

    HandshakeText(AttemptResult attempt) {
        this.outcome = attempt.outcome();
        this.report = find(attempt.reports());
        this.isEstablished =
                attempt.timeline().stream()
                        .anyMatch(
                                event ->
                                        event.kind() == Kind.TLS_ESTABLISHED
                                                && event.side() == Side.CLIENT);
    }

    private static @Nullable TlsReport find(List<StepReport> reports) {
        for (StepReport each : reports) {
            if (each instanceof TlsReport tls) {
                return tls;
            }
        }
        return null;
    }

    boolean isClientAsked() {
        return report != null && report.isClientAsked();
    }

    /// Whether the messages are those of TLS 1.2.
    boolean isOld() {
        return OLD.equals(protocol());
    }

    String hello() {
        return report == null ? "ClientHello" : "ClientHello for " + report.serverName();
    }

    String finished(TimelineEvent event) {
        if (!isEstablished) {
            return (event.count() == null ? "" : Figures.count(event.count()) + " bytes of ")
                    + "the handshake";
        }
        if (isClientAsked()) {
            return "Certificate, Finished";
        }
        return isOld() ? "ClientKeyExchange, Finished" : "Finished";
    }

    String end() {
        if (fault() != null) {
            return "";
        }
        return isOld() ? ", ServerHelloDone" : ", Finished";
    }

    String certificate() {
        if (report == null || report.chain().isEmpty()) {
            return "no certificate";
        }
        String fault = fault();
        return "Certificate "
                + report.chain().getFirst().subject()
                + (fault == null ? "" : " (" + fault + ")");
    }

    /// The fault of the certificate; null for one without a fault.
    @Nullable String fault() {
        return outcome instanceof Outcome.Failed(FailureReason reason, _, _)
                ? switch (reason) {
                    case TLS_EXPIRED -> "not valid now";
                    case TLS_UNTRUSTED -> "not trusted";
                    case TLS_HOSTNAME_MISMATCH -> "for another name";
                    case TLS_REVOKED -> "revoked";
                    default -> null;
                }
                : null;
    }

    @Nullable String protocol() {
        return report == null ? null : report.version();
    }

    String version() {
        return protocol() == null ? "" : ": " + protocol();
    }
}
