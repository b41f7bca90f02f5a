package dev.sonde.probe.finding;

import dev.sonde.probe.spec.Phase;
import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/// How long an attempt spent in one phase.
///
/// @param tookNanos on the monotonic clock, zero or more
public record PhaseTime(Phase phase, long tookNanos) {

    public PhaseTime {
        requireTime(phase, tookNanos);
    }

    private static void requireTime(Phase phase, long tookNanos) {
        if (tookNanos < 0) {
            throw new IllegalArgumentException("negative time in " + phase + ": " + tookNanos);
        }
    }

    /// The phases of a connect to a literal with nothing after it, as most are: two numbers, of
    /// which each phase is made when it is read. Immutable.
    public static final class PlainPhases extends AbstractList<PhaseTime> implements RandomAccess {

        private static final int PHASES = 2;

        private final long queueNanos;
        private final long connectNanos;

        public PlainPhases(long queueNanos, long connectNanos) {
            requireTime(Phase.QUEUE, queueNanos);
            requireTime(Phase.CONNECT, connectNanos);
            this.queueNanos = queueNanos;
            this.connectNanos = connectNanos;
        }

        @Override
        public PhaseTime get(int index) {
            return Objects.checkIndex(index, PHASES) == 0
                    ? new PhaseTime(Phase.QUEUE, queueNanos)
                    : new PhaseTime(Phase.CONNECT, connectNanos);
        }

        @Override
        public int size() {
            return PHASES;
        }
    }
}
