package dev.sonde.attempt.step;

import dev.sonde.kernel.Errno;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import dev.sonde.tls.HandshakeDriver;
import dev.sonde.tls.TlsClientConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The outcomes and remarks of a TLS handshake, in words for a person.
final class TlsOutcomes {

    private static final Logger log = LoggerFactory.getLogger(TlsOutcomes.class);

    private TlsOutcomes() {}

    /// @param own the client's end; absent while it works on the handshake
    static Outcome late(Connection connection, @Nullable TlsClientConnection own) {
        return failed(
                FailureReason.TIMED_OUT,
                "the peer's kernel answered the SYN; the TLS handshake was not over in time"
                        + unheard(connection, own));
    }

    private static String unheard(Connection connection, @Nullable TlsClientConnection own) {
        Counters counters = new Counters(connection);
        counters.look();
        long received = own == null ? 0 : own.received();
        if (own == null || received == 0) {
            return counters.unheard();
        }
        String last = own.lastMessage();
        return "; the peer's program answered with %d bytes of it%s and then fell silent"
                .formatted(received, last == null ? "" : ", its " + last + " among them,");
    }

    static Outcome reset(Errno errno) {
        return failed(
                FailureReason.RESET,
                errno + ": the peer aborted the connection (RST) in the TLS handshake");
    }

    static Outcome revoked() {
        return failed(
                FailureReason.TLS_REVOKED,
                "the peer's own stapled OCSP response says that its certificate is revoked");
    }

    static Outcome heldUpHere() {
        return ours(
                NotProbedReason.OVERLOADED,
                "this host's own part of the TLS handshake was not over in time");
    }

    static Outcome shutDown(HandshakeDriver.ShutDownException e) {
        return ours(NotProbedReason.CANCELLED, String.valueOf(e.getMessage()));
    }

    static Outcome notSetUp(HandshakeDriver.SetUpException e) {
        if (e.getCause() instanceof IllegalArgumentException) {
            return ours(NotProbedReason.LOCAL_ERROR, String.valueOf(e.getMessage()));
        }
        log.atError().setCause(e.getCause()).log("TLS could not be set up");
        return ours(
                NotProbedReason.LOCAL_ERROR,
                "TLS could not be set up; this service's log says why");
    }

    /// The remark on a peer that has not said whether it accepts this end.
    static @Nullable String undecided(TlsClientConnection own) {
        return own.isClientUnnamed()
                ? "the peer asked for a certificate, was shown none and said nothing"
                        + " since: whether it accepts that is not known"
                : remark(own);
    }

    static @Nullable String remark(TlsClientConnection own) {
        return own.isNameUnknown()
                ? "the peer warned that it does not know the name (unrecognized_name)"
                : null;
    }

    private static Outcome failed(FailureReason reason, String detail) {
        return new Outcome.Failed(reason, Phase.TLS, detail);
    }

    private static Outcome ours(NotProbedReason reason, String detail) {
        return new Outcome.NotProbed(reason, Phase.TLS, detail);
    }
}
