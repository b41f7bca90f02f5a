package dev.sonde.api.timeline;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.Phase;
import java.net.InetSocketAddress;
import java.util.stream.Collectors;

/// The words above a diagram: the verdict first, then the culprit. For one thread.
final class Heading {

    private final SvgCanvas svg;
    private final int left;
    private final int width;
    private int y;

    /// @param y the first pixel from the top
    Heading(SvgCanvas svg, int left, int width, int y) {
        this.svg = svg;
        this.left = left;
        this.width = width;
        this.y = y;
    }

    /// Adds a text, in as many lines as it needs.
    Heading add(String style, String words) {
        for (String line : Lines.of(words, width)) {
            y += Lines.HEIGHT;
            svg.text(style, left, y - 4, "start", line);
        }
        return this;
    }

    /// The verdict on an attempt, its culprit, its ends, what was seen, and the phases.
    Heading add(String target, AttemptResult attempt) {
        add(style(attempt.outcome()) + " name", verdict(attempt.outcome()));
        if (attempt.timeline().stream().anyMatch(each -> each.kind() == Kind.ACK_WITHHELD)) {
            add("ink", "half-open: the ACK was withheld on purpose, and a RST ended it");
        }
        String culprit = Culprit.of(attempt);
        if (culprit != null) {
            add("ink name", "culprit: " + culprit);
        }
        String ends = ends(attempt);
        add("ink", ends.startsWith(" at " + target) ? ends.substring(4) : target + ends);
        String detail = attempt.outcome().detail();
        if (detail != null) {
            add("ink", detail);
        }
        add("quiet", times(attempt));
        return attempt.timeline().isEmpty()
                ? this
                : add(
                        "quiet",
                        "beside the steps: time since connect(), +time since the row before, in the same unit");
    }

    /// The first pixel below the words.
    int end() {
        return y + 8;
    }

    static String verdict(Outcome outcome) {
        Phase phase = outcome.phase();
        return switch (outcome) {
                    case Outcome.Succeeded _ -> "✓ ";
                    case Outcome.Failed _ -> "✕ ";
                    case Outcome.NotProbed _ -> "○ ";
                }
                + "%s: %s%s"
                        .formatted(
                                outcome.label(),
                                outcome.reasonLabel(),
                                phase == null ? "" : ", in phase " + phase.label());
    }

    static String style(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> "good";
            case Outcome.Failed _ -> "bad";
            case Outcome.NotProbed _ -> "quiet";
        };
    }

    private static String times(AttemptResult attempt) {
        return Figures.time(attempt.tookNanos() / 1_000)
                + " in all: "
                + attempt.phases().stream().map(Heading::time).collect(Collectors.joining(", "));
    }

    private static String time(PhaseTime phase) {
        return phase.phase().label() + " " + Figures.time(phase.tookNanos() / 1_000);
    }

    /// The address that was tried.
    static String address(AttemptResult attempt) {
        InetSocketAddress remote = attempt.remote();
        return remote == null ? "no address" : AddressText.of(remote);
    }

    /// Our own end and the peer's, as far as they are known.
    private static String ends(AttemptResult attempt) {
        InetSocketAddress remote = attempt.remote();
        InetSocketAddress local = attempt.local();
        if (remote == null) {
            return "";
        }
        String from = local == null ? "" : ", from " + AddressText.of(local);
        return " at " + AddressText.of(remote) + from;
    }
}
