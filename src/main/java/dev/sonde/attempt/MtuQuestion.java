package dev.sonde.attempt;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.AddressSelection;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.FloodSettings;
import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// The run again with small segments in both directions: where it succeeds, larger packets get
/// lost.
///
/// @param found the result that leaves it open
record MtuQuestion(Prober prober, Inquiry inquiry, ProbeResult found) {

    /// Fits any path of IPv4, with the headers (RFC 791 section 3.1).
    private static final int SEGMENT_BYTES = 500;

    private static final long MOST_FLOOD_BYTES = 256L << 10;

    /// @param then called exactly once, at once or on an event loop's thread
    RunningProbe begin(Consumer<String> then) {
        ProbeSettings small = small();
        if (!(found.outcome() instanceof Outcome.Failed(var reason, Phase phase, _))
                || phase.compareTo(Phase.CONNECT) <= 0) {
            then.accept("not asked: the run did not fail on a connection");
            return () -> {};
        }
        if (small.steps().isEmpty()) {
            then.accept("not asked: a held connection says nothing of the size of packets");
            return () -> {};
        }
        InetSocketAddress remote = Objects.requireNonNull(found.deciding().remote());
        Target address = new Target(AddressText.of(remote.getAddress()), remote.getPort());
        return prober.withSegments(SEGMENT_BYTES)
                .submit(
                        new ProbeRun.Order(inquiry.share(), address, small, 0),
                        attempts -> then.accept(words(reason, phase, attempts.getFirst())));
    }

    /// The settings of the run, without a hold and with a short flood.
    private ProbeSettings small() {
        ProbeSettings named = AskedServer.in(inquiry.settings(), found.target());
        List<StepSettings> steps = new ArrayList<>();
        for (StepSettings step : named.steps()) {
            switch (step) {
                case HoldSettings _ -> {}
                case FloodSettings flood ->
                        steps.add(
                                new FloodSettings(
                                        Math.min(flood.bytes(), MOST_FLOOD_BYTES),
                                        flood.stallTimeout(),
                                        flood.limit()));
                case TlsSettings _, DialogueSettings _, ObserveSettings _ -> steps.add(step);
            }
        }
        return named.withSteps(steps).withAddresses(AddressSelection.FIRST);
    }

    private static String words(FailureReason reason, Phase phase, AttemptResult second) {
        String with = "with segments of %d bytes the run ".formatted(SEGMENT_BYTES);
        return switch (second.outcome()) {
            case Outcome.Succeeded _ ->
                    with + "succeeds: larger packets get lost, an MTU black hole";
            case Outcome.Failed(var other, Phase where, _) when other == reason && where == phase ->
                    with
                            + "fails alike (%s): the size of packets is not the cause"
                                    .formatted(other.label());
            case Outcome.Failed(var other, Phase where, _) ->
                    with + "ends with %s in the phase %s".formatted(other.label(), where.label());
            case Outcome.NotProbed(_, _, String why) -> "not asked: " + why;
        };
    }
}
