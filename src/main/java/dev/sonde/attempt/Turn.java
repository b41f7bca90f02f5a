package dev.sonde.attempt;

import java.net.InetAddress;

/// An attempt's way to a slot: first its turn in the rate limits, then the line before the slots.
///
/// ```
/// NEW --begin--> PACED --token--> IN_LINE --slot--> HOLDING --leave--> LEFT
///       '--------------------------'-- no wait ------'
/// ```
///
/// Confined to its loop's thread; only [#admitted] is called from elsewhere. Whatever it holds is
/// given back by [#leave].
final class Turn {

    /// What a step on the way came to.
    sealed interface Answer {
        /// There is a slot: go on.
        record Granted() implements Answer {}

        record Waits(long untilNanos) implements Answer {}

        record Refused(String why) implements Answer {}
    }

    private enum State {
        NEW,
        PACED,
        IN_LINE,
        HOLDING,
        LEFT
    }

    private static final Answer GRANTED = new Answer.Granted();

    private final Engine engine;
    private final ProbeAttempt attempt;
    private State state = State.NEW;

    Turn(Engine engine, ProbeAttempt attempt) {
        this.engine = engine;
        this.attempt = attempt;
    }

    Answer begin(InetAddress address, long nowNanos) {
        long waitNanos = engine.pacer().reserve(address, nowNanos);
        if (waitNanos == 0) {
            return standInLine(nowNanos);
        }
        if (waitNanos == Pacer.REFUSED || !engine.admission().beginPacing()) {
            return new Answer.Refused("the rate limits of sonde.engine leave no room for it");
        }
        state = State.PACED;
        return new Answer.Waits(nowNanos + waitNanos);
    }

    /// The wait that the last answer named is over.
    Answer goOn(long nowNanos) {
        if (state == State.PACED) {
            state = State.NEW;
            engine.admission().endPacing();
            return standInLine(nowNanos);
        }
        return new Answer.Refused("no slot was free within sonde.engine.queue-timeout");
    }

    /// A slot was given to this turn. Called on the thread of whoever had it before.
    void admitted() {
        attempt.admitted();
    }

    /// The slot has come, on the loop's thread. One that comes too late goes back at once.
    ///
    /// @return whether it is wanted
    boolean take() {
        if (state == State.LEFT) {
            engine.admission().release();
            return false;
        }
        state = State.HOLDING;
        return true;
    }

    /// Gives up the way, or the slot at its end.
    void leave() {
        State left = state;
        state = State.LEFT;
        switch (left) {
            case PACED -> engine.admission().endPacing();
            case IN_LINE -> engine.admission().withdraw(this);
            case HOLDING -> engine.admission().release();
            case NEW, LEFT -> {}
        }
    }

    private Answer standInLine(long nowNanos) {
        return switch (engine.admission().request(this)) {
            case ADMITTED -> {
                state = State.HOLDING;
                yield GRANTED;
            }
            case REFUSED -> new Answer.Refused("the queue is full (sonde.engine.queue)");
            case WAITING -> {
                state = State.IN_LINE;
                yield new Answer.Waits(nowNanos + engine.queueTimeoutNanos());
            }
        };
    }
}
