package dev.sonde.attempt;

import dev.sonde.attempt.admission.Admission;
import dev.sonde.attempt.admission.AdmissionTicket;
import dev.sonde.attempt.admission.Claim;
import dev.sonde.attempt.admission.ConnectPacer;
import dev.sonde.attempt.admission.Share;
import dev.sonde.attempt.connect.Connect;
import dev.sonde.attempt.connect.ConnectErrors;
import dev.sonde.attempt.name.AddressOrder;
import dev.sonde.attempt.path.PathEntry;
import dev.sonde.attempt.step.SecondConnect;
import dev.sonde.lane.Lane;
import dev.sonde.policy.Decision;
import dev.sonde.policy.FloodPolicy;
import dev.sonde.policy.TargetPolicy;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.SourceAddress;
import dev.sonde.tls.TlsClients;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// The parts that all attempts share. Every part is safe for any thread.
///
/// @param halfOpen whether this platform can withhold the final ACK of a handshake
/// @param segmentBytes most payload of a segment in both directions; absent for the kernel's choice
record Engine(
        TargetPolicy policy,
        FloodPolicy floods,
        ConnectPacer pacer,
        Admission admission,
        ConnectErrors errors,
        TlsClients tls,
        Questions questions,
        long queueTimeoutNanos,
        boolean halfOpen,
        @Nullable Integer segmentBytes) {

    /// The reason why an address is not probed; null where it may be.
    @Nullable Outcome refusal(InetSocketAddress remote, ProbeSettings settings) {
        Decision decision = decide(remote, settings);
        if (!decision.isAllowed()) {
            return new Outcome.NotProbed(
                    NotProbedReason.DENIED_BY_POLICY, null, decision.explanation());
        }
        SourceAddress source = settings.sourceAddress();
        return source == null || source.isIpv4() == AddressOrder.isIpv4(remote.getAddress())
                ? null
                : new Outcome.NotProbed(
                        NotProbedReason.LOCAL_ERROR,
                        null,
                        "the source address and the target are of different families");
    }

    private Decision decide(InetSocketAddress remote, ProbeSettings settings) {
        Decision target = policy.decideProbe(remote.getAddress(), remote.getPort());
        return target.isAllowed() && settings.has(Phase.FLOOD)
                ? floods.decide(remote.getAddress(), remote.getPort())
                : target;
    }

    /// The second connects of an attempt; null where none may be made.
    @Nullable SecondConnect second(SecondConnect again) {
        return questions.allow(Question.SECOND_CONNECT) ? again : null;
    }

    /// An outcome with the state of this host's own side, where that is open.
    Outcome explained(Connect connect, Outcome outcome) {
        return outcome instanceof Outcome.Succeeded
                ? outcome
                : connect.withOwnSide(outcome, questions::isOwnSideDue);
    }

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
                return new AdmissionTicket(admission, pacer, claim, whenAdmitted::run);
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
                halfOpen,
                segmentBytes);
    }

    /// The same with small segments.
    Engine withSegments(int bytes) {
        return new Engine(
                policy,
                floods,
                pacer,
                admission,
                errors,
                tls,
                questions,
                queueTimeoutNanos,
                halfOpen,
                bytes);
    }

    /// A connect that has not begun.
    Connect connect(Lane lane, InetSocketAddress remote, ProbeSettings settings)
            throws IOException {
        Connect connect = new Connect(lane, errors, remote, settings);
        if (segmentBytes != null) {
            lane.kernel().setSegmentBytes(connect.socket(), segmentBytes);
        }
        return connect;
    }
}
