package dev.sonde.cli.local;

import dev.sonde.attempt.LocalEngine;
import dev.sonde.cli.report.Words;
import dev.sonde.cli.terminal.Interrupt;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Targets that are probed again until all are up, or until a time has passed. For one thread.
///
/// A target that the policy denies is not tried again. The last attempt is cut at the deadline.
final class Waiting {

    /// From the end of one round to the start of the next.
    private static final Duration PAUSE = Duration.ofMillis(200);

    /// An attempt that has less time says nothing.
    private static final Duration LEAST = Duration.ofMillis(50);

    private final LocalEngine engine;
    private final List<Target> targets;
    private final ProbeSettings settings;
    private final Terminal terminal;
    private final Interrupt interrupt;
    private final List<@Nullable ProbeResult> latest = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private final long untilNanos;
    private final String limitText;

    Waiting(
            LocalEngine engine,
            List<Target> targets,
            ProbeSettings settings,
            Duration limit,
            Waiter waiter) {
        this.engine = engine;
        this.targets = targets;
        this.settings = settings;
        this.terminal = waiter.terminal();
        this.interrupt = waiter.interrupt();
        this.limitText = waiter.limit();
        this.untilNanos = System.nanoTime() + limit.toNanos();
        for (int i = 0; i < targets.size(); i++) {
            latest.add(null);
            said.add("");
        }
    }

    /// The caller that waits.
    ///
    /// @param limit as it was given
    record Waiter(Terminal terminal, Interrupt interrupt, String limit) {}

    /// The last verdict on each target, in their order.
    List<ProbeResult> results() {
        do {
            round();
        } while (!missing().isEmpty() && left().compareTo(LEAST.plus(PAUSE)) > 0 && pause());
        List<ProbeResult> all = new ArrayList<>();
        latest.forEach(result -> all.add(Objects.requireNonNull(result)));
        return all;
    }

    private boolean pause() {
        return !interrupt.await(PAUSE);
    }

    private Duration left() {
        return Duration.ofNanos(untilNanos - System.nanoTime());
    }

    private void round() {
        List<Integer> places = missing();
        Duration left = left();
        boolean isCut = left.compareTo(settings.timeout()) < 0;
        Duration timeout = isCut ? ProbeSettings.nearestTimeout(left) : settings.timeout();
        Round round =
                Round.start(
                        engine,
                        places.stream().map(targets::get).toList(),
                        settings.withTimeout(timeout));
        interrupt.whenAsked(round::cancel);
        for (int i = 0; i < places.size(); i++) {
            take(places.get(i), round.results().get(i).join());
        }
    }

    /// A round that was interrupted says less than the one before.
    private void take(int place, ProbeResult result) {
        if (latest.get(place) == null || !is(result, NotProbedReason.CANCELLED)) {
            latest.set(place, result);
            say(place, result);
        }
    }

    /// The awaited targets, once for each reason.
    private void say(int place, ProbeResult result) {
        Outcome outcome = result.outcome();
        String reason = outcome.reasonLabel();
        if (!(outcome instanceof Outcome.Succeeded)
                && !interrupt.isAsked()
                && !isHopeless(result)
                && !said.get(place).equals(reason)) {
            said.set(place, reason);
            terminal.message(
                    "waiting up to %s for %s: %s (%s)"
                            .formatted(
                                    limitText,
                                    result.target(),
                                    Words.reason(outcome),
                                    Words.meaning(result)));
        }
    }

    /// The places of the targets that are tried again.
    private List<Integer> missing() {
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < latest.size(); i++) {
            ProbeResult result = latest.get(i);
            if (result == null
                    || (!(result.outcome() instanceof Outcome.Succeeded) && !isHopeless(result))) {
                places.add(i);
            }
        }
        return places;
    }

    private static boolean isHopeless(ProbeResult result) {
        return is(result, NotProbedReason.DENIED_BY_POLICY)
                || is(result, NotProbedReason.NO_PERMISSION);
    }

    private static boolean is(ProbeResult result, NotProbedReason reason) {
        return result.outcome().reasonLabel().equals(reason.label());
    }
}
