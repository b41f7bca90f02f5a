package dev.sonde.attempt;

import dev.sonde.attempt.admission.Admission;
import dev.sonde.attempt.admission.AdmissionTicket;
import dev.sonde.attempt.admission.Claim;
import dev.sonde.attempt.admission.ConnectPacer;
import dev.sonde.attempt.admission.Share;
import dev.sonde.attempt.connect.ConnectErrors;
import dev.sonde.attempt.path.PathEntry;
import dev.sonde.policy.Decision;
import dev.sonde.probe.spec.ProbeSettings;
import java.net.InetSocketAddress;
import dev.sonde.policy.FloodPolicy;
import dev.sonde.policy.TargetPolicy;
import dev.sonde.tls.TlsClients;

/// The parts that all attempts share. Every part is safe for any thread.
///
/// @param halfOpen whether this platform can withhold the final ACK of a handshake
record Engine(
        TargetPolicy policy,
        FloodPolicy floods,
        ConnectPacer pacer,
        Admission admission,
        ConnectErrors errors,
        TlsClients tls,
        Questions questions,
        long queueTimeoutNanos,
        boolean halfOpen) {

    /// The way of further SYNs to an address into the engine.
    PathEntry entry(InetSocketAddress remote, Share share) {
        Claim claim =
                Claim.of(share, ProbeSettings.DEFAULT, queueTimeoutNanos).beside(queueTimeoutNanos);
        return new PathEntry() {
            @Override
            public Decision decide() {
                return policy.decideProbe(remote.getAddress(), remote.getPort());
            }

            @Override
            public AdmissionTicket ticket(Runnable whenAdmitted) {
                return new AdmissionTicket(admission, pacer, claim, whenAdmitted);
            }
        };
    }

    /// The same under another policy.
    Engine withPolicy(TargetPolicy other) {
        return new Engine(
                other,
                floods,
                pacer,
                admission,
                errors,
                tls,
                questions,
                queueTimeoutNanos,
                halfOpen);
    }
}
