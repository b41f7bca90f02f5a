package dev.sonde.tls;

import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.tls.certificate.TlsAlert;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The server's facts of a handshake with a client, also of one that failed.
///
/// @param version as [dev.sonde.probe.spec.TlsVersion#word]; absent if none was agreed on
/// @param cipher the suite's name; absent likewise
/// @param alpn the protocol that was agreed on
/// @param serverName the name that the client asked for (SNI)
/// @param clientChain the certificates of the client, its own first; empty if none came
/// @param failure why it failed, for a person; absent for a success
/// @param alertSent the alert by which the server refused, by its name in RFC 8446 section 6
/// @param alertReceived the alert by which the client refused
public record ServerTlsReport(
        @Nullable String version,
        @Nullable String cipher,
        @Nullable String alpn,
        @Nullable String serverName,
        List<CertificateFacts> clientChain,
        @Nullable String failure,
        @Nullable String alertSent,
        @Nullable String alertReceived) {

    public ServerTlsReport {
        clientChain = List.copyOf(clientChain);
    }

    /// The report of a server that never began the handshake.
    ///
    /// @param alertSent what it sent instead, if anything
    public static ServerTlsReport refused(String failure, @Nullable TlsAlert alertSent) {
        return new ServerTlsReport(
                null,
                null,
                null,
                null,
                List.of(),
                failure,
                alertSent == null ? null : alertSent.label(),
                null);
    }

    /// The same, and why it went no further.
    public ServerTlsReport withFailure(String why) {
        return new ServerTlsReport(
                version, cipher, alpn, serverName, clientChain, why, alertSent, alertReceived);
    }
}
