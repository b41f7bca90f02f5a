package dev.sonde.attempt.admission;

import dev.sonde.eventloop.DescriptorBudget;
import dev.sonde.memory.HeapShare;
import org.jspecify.annotations.Nullable;

/// The slots that attempts hold while they have a socket, and the queues for these slots.
///
/// A slot consists of a place among the attempts in flight, a descriptor, and the attempt's bytes
/// of heap. An attempt without a slot waits. A part of the slots, the bytes and the waiting places
/// is reserved for scheduled runs and `/probe`. Callers of checks share the rest evenly. Safe for
/// any thread: the object's own lock guards every field. The lock is never held during the call of
/// an attempt.
public final class Admission {

    enum Ticket {
        ADMITTED,
        WAITING,
        REFUSED
    }

    /// The limits of slots.
    ///
    /// @param inFlight attempts that may hold a slot at once
    /// @param waiting attempts that may wait for one
    /// @param memory heap that attempts may take together
    /// @param reservedPercent share of all three that checks do not use
    public record Limits(int inFlight, int waiting, HeapShare memory, int reservedPercent) {

        private static final long PERCENT = 100;

        private long bytesOfCallers() {
            return memory.limit() / PERCENT * (PERCENT - reservedPercent);
        }

        /// How many places checks may hold together, at least one.
        public int inFlightOfCallers() {
            return Math.max(1, inFlight - FairLine.part(inFlight, reservedPercent));
        }
    }

    private final Limits limits;
    private final DescriptorBudget descriptors;
    private final FairLine<AdmissionTicket> line;
    private long bytes;
    private long bytesOfCallers;
    private int paced;
    private int pacedOfCallers;

    public Admission(Limits limits, DescriptorBudget descriptors) {
        this.limits = limits;
        this.descriptors = descriptors;
        this.line = new FairLine<>(limits.inFlight(), limits.waiting(), limits.reservedPercent());
        descriptors.onRelease(this::admitNext);
    }

    public Limits limits() {
        return limits;
    }

    /// Asks for a slot. A waiting one is called by [AdmissionTicket#admitted].
    synchronized Ticket request(AdmissionTicket turn) {
        if (line.isFree(turn.share()) && tryTakeSlot(turn)) {
            return Ticket.ADMITTED;
        }
        if (!mayWait(turn.share())) {
            return Ticket.REFUSED;
        }
        line.add(turn.share(), turn);
        return Ticket.WAITING;
    }

    /// Leaves the queue; nothing happens if a slot is on its way already.
    synchronized void withdraw(AdmissionTicket turn) {
        line.remove(turn.share(), turn);
    }

    /// Gives a slot back; the next waiting attempt gets it.
    void release(AdmissionTicket turn) {
        synchronized (this) {
            line.release(turn.share());
            bytes -= turn.bytes();
            limits.memory().giveBack(turn.bytes());
            bytesOfCallers -= ofCaller(turn);
        }
        descriptors.release();
    }

    /// Counts an attempt that waits for a token as waiting; false when too many do.
    synchronized boolean beginPacing(Share share) {
        if (!mayWait(share)) {
            return false;
        }
        paced++;
        pacedOfCallers += share instanceof Share.OfCaller ? 1 : 0;
        return true;
    }

    synchronized void endPacing(Share share) {
        paced--;
        pacedOfCallers -= share instanceof Share.OfCaller ? 1 : 0;
    }

    public synchronized int inFlight() {
        return line.held();
    }

    public synchronized int waiting() {
        return line.waiting() + paced;
    }

    /// Whether a run of the reserved share would be refused now.
    public synchronized boolean isFull() {
        if (limits.waiting() > 0) {
            return !mayWait(Share.RESERVED);
        }
        return line.waiting() > 0
                || line.isFull()
                || bytes >= limits.memory().limit()
                || descriptors.used() >= descriptors.limit();
    }

    private boolean mayWait(Share share) {
        return line.mayWait(share, new FairLine.Waiting(paced, pacedOfCallers));
    }

    /// One descriptor that came back may be followed by the bytes of several small attempts.
    private void admitNext() {
        for (AdmissionTicket next = takeNext(); next != null; next = takeNext()) {
            next.admitted();
        }
    }

    private synchronized @Nullable AdmissionTicket takeNext() {
        AdmissionTicket first = line.first();
        if (first == null || !tryTakeSlot(first)) {
            return null;
        }
        line.remove(first.share(), first);
        return first;
    }

    private boolean tryTakeSlot(AdmissionTicket turn) {
        if (!hasBytesFor(turn) || !tryTakeDescriptor(turn.share())) {
            return false;
        }
        line.take(turn.share());
        bytes += turn.bytes();
        limits.memory().take(turn.bytes());
        bytesOfCallers += ofCaller(turn);
        return true;
    }

    /// A single attempt is always admitted, independent of its size.
    private boolean hasBytesFor(AdmissionTicket turn) {
        boolean isReserved = turn.share() instanceof Share.Reserved;
        return bytes == 0
                || (bytes + turn.bytes() <= limits.memory().limit()
                        && (isReserved
                                || bytesOfCallers + turn.bytes() <= limits.bytesOfCallers()));
    }

    private boolean tryTakeDescriptor(Share share) {
        return share instanceof Share.Reserved
                ? descriptors.tryAcquireReserved()
                : descriptors.tryAcquire();
    }

    private static long ofCaller(AdmissionTicket turn) {
        return turn.share() instanceof Share.OfCaller ? turn.bytes() : 0;
    }
}
