package dev.sonde.attempt.admission;

import java.net.InetAddress;

/// An attempt's way to a slot: first its turn in the rate limits, then the queue for the slots.
///
/// ```
/// NEW --begin--> PACED --token--> IN_LINE --slot--> HOLDING --leave--> LEFT
///       '--------------------------'-- no wait ------'
/// ```
///
/// Confined to its loop's thread; only [#admitted] is called from elsewhere. Whatever it holds is
/// given back by [#leave].
public final class AdmissionTicket {

    /// The outcome of a step on the way.
    public sealed interface Answer {
        /// The attempt has a slot.
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

    private final Admission admission;
    private final ConnectPacer pacer;
    private final Claim claim;
    private final Holder holder;
    private State state = State.NEW;

    /// The one that a slot is for.
    public interface Holder {

        /// A slot is free for it. Called on the thread of the slot's previous holder.
        void admitted();
    }

    public AdmissionTicket(Admission admission, ConnectPacer pacer, Claim claim, Holder holder) {
        this.admission = admission;
        this.pacer = pacer;
        this.claim = claim;
        this.holder = holder;
    }

    Share share() {
        return claim.share();
    }

    int bytes() {
        return claim.bytes();
    }

    public Answer begin(InetAddress address, long nowNanos) {
        long waitNanos = pacer.reserve(address, nowNanos);
        if (waitNanos == 0) {
            return standInLine(nowNanos);
        }
        if (waitNanos == ConnectPacer.REFUSED || !admission.beginPacing(share())) {
            return new Answer.Refused("the rate limits of sonde.engine leave no room for it");
        }
        state = State.PACED;
        return new Answer.Waits(nowNanos + waitNanos);
    }

    /// The wait that the last answer named has ended.
    public Answer goOn(long nowNanos) {
        if (state == State.PACED) {
            state = State.NEW;
            admission.endPacing(share());
            return standInLine(nowNanos);
        }
        return new Answer.Refused("no slot was free within sonde.engine.queue-timeout");
    }

    /// A slot was given to this turn. Called on the thread of its previous holder.
    void admitted() {
        holder.admitted();
    }

    /// The slot has come, on the loop's thread. One that comes too late goes back at once.
    ///
    /// @return whether it is wanted
    public boolean take() {
        if (state == State.LEFT) {
            admission.release(this);
            return false;
        }
        state = State.HOLDING;
        return true;
    }

    /// Gives up the way, or the slot at its end.
    public void leave() {
        State left = state;
        state = State.LEFT;
        switch (left) {
            case PACED -> admission.endPacing(share());
            case IN_LINE -> admission.withdraw(this);
            case HOLDING -> admission.release(this);
            case NEW, LEFT -> {}
        }
    }

    private Answer standInLine(long nowNanos) {
        return switch (admission.request(this)) {
            case ADMITTED -> {
                state = State.HOLDING;
                yield GRANTED;
            }
            case REFUSED -> new Answer.Refused("the queue is full (sonde.engine.queue)");
            case WAITING -> {
                state = State.IN_LINE;
                yield new Answer.Waits(nowNanos + claim.longestWaitNanos());
            }
        };
    }
}
