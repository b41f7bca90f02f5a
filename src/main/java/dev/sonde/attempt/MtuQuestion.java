package dev.sonde.attempt;

import dev.sonde.attempt.SizeSearch.Fate;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Evidence;
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
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// The run again with small segments in both directions. Its success shows that larger packets get
/// lost; [SizeSearch] then finds the size that passes.
///
/// @param found the result that leaves it open
record MtuQuestion(Prober prober, Inquiry inquiry, ProbeResult found) {

    /// Fits any path of IPv4, with the headers (RFC 791 section 3.1).
    private static final int SEGMENT_BYTES = 500;

    private static final long MOST_FLOOD_BYTES = 256L << 10;

    /// Without options, as `TCP_MAXSEG` counts.
    private static final int HEADERS_V4 = 40;

    private static final int HEADERS_V6 = 60;
    private static final int TIMESTAMPS = 12;
    private static final int ETHERNET = 1_500;

    /// The greatest segment that `TCP_MAXSEG` takes.
    private static final int MOST_SEGMENT = 32_767;

    /// @param then called exactly once, at once or on an event loop's thread
    RunningProbe begin(Consumer<String> then) {
        ProbeSettings small = small();
        if (!(found.outcome() instanceof Outcome.Failed failed)
                || failed.phase().compareTo(Phase.CONNECT) <= 0) {
            then.accept("not asked: the run did not fail on a connection");
            return () -> {};
        }
        if (small.steps().isEmpty()) {
            then.accept("not asked: a held connection says nothing of the size of packets");
            return () -> {};
        }
        FollowedRun whole = new FollowedRun();
        whole.begun(
                again(
                        small,
                        SEGMENT_BYTES,
                        second -> {
                            if (second.outcome() instanceof Outcome.Succeeded) {
                                whole.followed(search(small, failed, second, then));
                            } else {
                                then.accept(words(failed, second));
                            }
                        }));
        return whole;
    }

    private RunningProbe again(ProbeSettings small, int segment, Consumer<AttemptResult> then) {
        InetSocketAddress remote = remote();
        Target address = new Target(AddressText.of(remote.getAddress()), remote.getPort());
        return prober.withSegments(segment)
                .submit(
                        ProbeRun.Order.of(inquiry.share(), address, small),
                        attempts -> then.accept(attempts.getFirst()));
    }

    private RunningProbe search(
            ProbeSettings small,
            Outcome.Failed failed,
            AttemptResult passed,
            Consumer<String> then) {
        SizeSearch.Again again =
                (bytes, fate) ->
                        again(
                                small,
                                bytes - headers(),
                                result -> fate.accept(fate(failed, result.outcome())));
        var known =
                new SizeSearch.Known(SEGMENT_BYTES + headers(), lostBytes(), passed.tookNanos());
        return prober.begin(
                lane ->
                        new SizeSearch(
                                lane,
                                known,
                                again,
                                sizes -> then.accept(words(failed, passed) + "; " + sizes)));
    }

    private static Fate fate(Outcome.Failed failed, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> Fate.PASS;
            case Outcome.Failed(var reason, Phase phase, _) ->
                    reason == failed.reason() && phase == failed.phase() ? Fate.LOST : Fate.OPEN;
            case Outcome.NotProbed _ -> Fate.OPEN;
        };
    }

    /// The greatest packet of the run that failed.
    private int lostBytes() {
        Evidence evidence = found.deciding().evidence();
        Long mss = evidence.mss();
        if (mss == null) {
            return ETHERNET;
        }
        Collection<Evidence.Option> options = evidence.options();
        boolean hasTimestamps = options != null && options.contains(Evidence.Option.TIMESTAMPS);
        long bytes = mss + headers() + (hasTimestamps ? TIMESTAMPS : 0);
        return (int) Math.min(bytes, MOST_SEGMENT);
    }

    private int headers() {
        return remote().getAddress() instanceof Inet4Address ? HEADERS_V4 : HEADERS_V6;
    }

    private InetSocketAddress remote() {
        return Objects.requireNonNull(found.deciding().remote());
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

    private static String words(Outcome.Failed first, AttemptResult second) {
        String with = "with segments of %d bytes the run ".formatted(SEGMENT_BYTES);
        return switch (second.outcome()) {
            case Outcome.Succeeded _ ->
                    with + "succeeds: larger packets get lost, an MTU black hole";
            case Outcome.Failed(FailureReason other, Phase where, _)
                    when other == first.reason() && where == first.phase() ->
                    with
                            + "fails alike (%s): the size of packets is not the cause"
                                    .formatted(other.label());
            case Outcome.Failed(var other, Phase where, _) ->
                    with + "ends with %s in the phase %s".formatted(other.label(), where.label());
            case Outcome.NotProbed(_, _, String why) -> "not asked: " + why;
        };
    }
}
