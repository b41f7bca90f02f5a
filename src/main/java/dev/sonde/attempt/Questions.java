package dev.sonde.attempt;

import dev.sonde.eventloop.CellRate;
import dev.sonde.eventloop.Ticker;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// The questions that runs may ask by themselves. An incident's beginning asks those that send
/// packets of their own, each at most once a second. Safe for any thread.
final class Questions {

    private static final long APART_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final CellRate OWN_SIDE_RATE = CellRate.of(100, 0).withBurst(100);
    private static final Set<FailureReason> OPEN =
            Set.of(
                    FailureReason.TIMED_OUT,
                    FailureReason.HOST_UNREACHABLE,
                    FailureReason.NET_UNREACHABLE,
                    FailureReason.PROHIBITED);

    /// Data got lost, or a RST ended the connection.
    private static final Set<FailureReason> LOST =
            Set.of(
                    FailureReason.UNACKNOWLEDGED,
                    FailureReason.HALF_ESTABLISHED,
                    FailureReason.SEND_STALLED_LOSS,
                    FailureReason.PEER_LOST,
                    FailureReason.RESET);

    /// Packets of one size may get lost.
    private static final Set<FailureReason> SIZE =
            Set.of(
                    FailureReason.UNACKNOWLEDGED,
                    FailureReason.SEND_STALLED_LOSS,
                    FailureReason.NO_ANSWER);

    private static final Set<Question> INCIDENTS =
            Set.copyOf(
                    EnumSet.of(
                            Question.PATH,
                            Question.DATA_PATH,
                            Question.MTU,
                            Question.FLOWS,
                            Question.PORTS));

    private final Set<Question> allowed;
    private final Ticker ticker;

    /// The time of the last turn of each question that sends packets; long ago before the first.
    private final Map<Question, AtomicLong> lastNanos = new EnumMap<>(Question.class);

    /// The number of the own side's rate, which may be a second ahead.
    private final AtomicLong ownSideUsedNanos;

    Questions(Set<Question> allowed, Ticker ticker) {
        this.allowed = Set.copyOf(allowed);
        this.ticker = ticker;
        for (Question question : INCIDENTS) {
            lastNanos.put(question, new AtomicLong(ticker.read() - APART_NANOS));
        }
        this.ownSideUsedNanos = new AtomicLong(ticker.read() - APART_NANOS);
    }

    boolean allow(Question question) {
        return allowed.contains(question);
    }

    /// The questions that a run with which an incident begins asks now; they count as asked. A
    /// question that each run asks is none of them.
    Set<Question> ofIncident(ProbeResult found, ProbeSettings settings) {
        if (!(found.outcome() instanceof Outcome.Failed failed)) {
            return Set.of();
        }
        Set<Question> due = EnumSet.noneOf(Question.class);
        for (Question question : lastNanos.keySet()) {
            if (allow(question)
                    && !isRequested(question, settings)
                    && isOpen(question, failed, settings)
                    && takeTurn(question)) {
                due.add(question);
            }
        }
        return due;
    }

    private static boolean isRequested(Question question, ProbeSettings settings) {
        return question == Question.PATH
                ? settings.path() != null
                : settings.ask() != null && settings.ask().questions().contains(question);
    }

    /// Whether a verdict leaves open what the question would answer.
    private static boolean isOpen(
            Question question, Outcome.Failed failed, ProbeSettings settings) {
        boolean isConnect = failed.phase() == Phase.CONNECT;
        return switch (question) {
            case PATH -> OPEN.contains(failed.reason()) || isDataLost(failed, settings);
            case DATA_PATH -> isDataLost(failed, settings);
            case MTU ->
                    !settings.steps().isEmpty()
                            && (SIZE.contains(failed.reason())
                                    || (failed.reason() == FailureReason.TIMED_OUT
                                            && (failed.phase() == Phase.TLS
                                                    || failed.phase() == Phase.DIALOGUE)));
            case FLOWS -> isConnect && failed.reason() == FailureReason.TIMED_OUT;
            case PORTS ->
                    isConnect
                            && (failed.reason() == FailureReason.TIMED_OUT
                                    || failed.reason() == FailureReason.HOST_UNREACHABLE);
            case SECOND_CONNECT, OWN_SIDE -> false;
        };
    }

    private static boolean isDataLost(Outcome.Failed failed, ProbeSettings settings) {
        return failed.phase().compareTo(Phase.CONNECT) > 0
                && LOST.contains(failed.reason())
                && FirstBytes.of(settings) != null;
    }

    /// Whether a failed connect may ask for this host's own side now. Each connect of a sweep may
    /// fail, so there are a hundred turns in a second, also all at once.
    boolean isOwnSideDue() {
        if (!allow(Question.OWN_SIDE)) {
            return false;
        }
        long now = ticker.read();
        while (true) {
            long usedUntil = ownSideUsedNanos.get();
            if (OWN_SIDE_RATE.waitNanos(usedUntil, now) > 0) {
                return false;
            }
            long next = OWN_SIDE_RATE.fullAtAfter(usedUntil, now);
            if (ownSideUsedNanos.compareAndSet(usedUntil, next)) {
                return true;
            }
        }
    }

    private boolean takeTurn(Question question) {
        AtomicLong turn = lastNanos.get(question);
        if (turn == null) {
            return false;
        }
        long now = ticker.read();
        long last = turn.get();
        return now - last >= APART_NANOS && turn.compareAndSet(last, now);
    }
}
