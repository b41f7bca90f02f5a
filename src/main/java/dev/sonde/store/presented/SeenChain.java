package dev.sonde.store.presented;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ResourceName;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A chain that a run saw.
///
/// @param reason the failure of the TLS handshake; absent where it succeeded
record SeenChain(Place place, ProbeResult result, TlsReport report, @Nullable String reason) {

    /// A probe and an address of its target.
    record Place(long probe, String address) {}

    /// Absent where an attempt saw no chain.
    static @Nullable SeenChain of(ProbeResult result, AttemptResult attempt) {
        InetSocketAddress remote = attempt.remote();
        String probe = result.probe();
        if (remote == null || probe == null) {
            return null;
        }
        for (StepReport report : attempt.reports()) {
            if (report instanceof TlsReport tls && !tls.chain().isEmpty()) {
                String reason =
                        attempt.outcome() instanceof Outcome.Failed failed
                                        && failed.phase() == Phase.TLS
                                ? failed.reason().label()
                                : null;
                Place place = new Place(ResourceName.key(probe), AddressText.of(remote));
                return new SeenChain(place, result, tls, reason);
            }
        }
        return null;
    }

    /// Distinguishes chains, their verdicts and the target that led to them.
    int content() {
        return Objects.hash(result.target(), report.chain(), report.isVerified(), reason);
    }
}
