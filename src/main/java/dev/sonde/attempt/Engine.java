package dev.sonde.attempt;

import dev.sonde.attempt.admission.Admission;
import dev.sonde.attempt.admission.ConnectPacer;
import dev.sonde.attempt.connect.ConnectErrors;
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
        long queueTimeoutNanos,
        boolean halfOpen) {
    /// The same under another policy.
    Engine withPolicy(TargetPolicy other) {
        return new Engine(
                other, floods, pacer, admission, errors, tls, queueTimeoutNanos, halfOpen);
    }
}
