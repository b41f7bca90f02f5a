package dev.sonde.attempt.admission;

import dev.sonde.eventloop.DescriptorBudget;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/// The slots that attempts hold while they have a socket, and the line before them.
///
/// A slot is one of the attempts in flight and one of the descriptors. Whoever finds none waits,
/// first come first served, in a line of bounded length. Safe for any thread: every field is
/// guarded by the object's own lock, which is never held while an attempt is told.
public final class Admission {

    enum Ticket {
        ADMITTED,
        WAITING,
        REFUSED
    }

    private final int mostInFlight;
    private final int mostWaiting;
    private final DescriptorBudget descriptors;
    private final LinkedHashSet<AdmissionTicket> line = new LinkedHashSet<>();
    private int inFlight;
    private int paced;

    public Admission(int mostInFlight, int mostWaiting, DescriptorBudget descriptors) {
        this.mostInFlight = mostInFlight;
        this.mostWaiting = mostWaiting;
        this.descriptors = descriptors;
        descriptors.onRelease(this::admitNext);
    }

    /// Asks for a slot. One who has to wait is told by [AdmissionTicket#admitted].
    synchronized Ticket request(AdmissionTicket turn) {
        if (line.isEmpty() && tryTakeSlot()) {
            return Ticket.ADMITTED;
        }
        if (waiting() >= mostWaiting) {
            return Ticket.REFUSED;
        }
        line.add(turn);
        return Ticket.WAITING;
    }

    /// Leaves the line; nothing happens when a slot is on its way already.
    synchronized void withdraw(AdmissionTicket turn) {
        line.remove(turn);
    }

    /// Gives a slot back; the next in line gets it.
    void release() {
        synchronized (this) {
            inFlight--;
        }
        descriptors.release();
    }

    /// Counts an attempt that waits for a token as waiting; false when too many do.
    synchronized boolean beginPacing() {
        if (waiting() >= mostWaiting) {
            return false;
        }
        paced++;
        return true;
    }

    synchronized void endPacing() {
        paced--;
    }

    public synchronized int inFlight() {
        return inFlight;
    }

    public synchronized int waiting() {
        return line.size() + paced;
    }

    /// Whether whoever asked now would be refused.
    public synchronized boolean isFull() {
        if (mostWaiting > 0) {
            return waiting() >= mostWaiting;
        }
        return !line.isEmpty()
                || inFlight >= mostInFlight
                || descriptors.used() >= descriptors.limit();
    }

    private void admitNext() {
        AdmissionTicket next = takeNext();
        if (next != null) {
            next.admitted();
        }
    }

    private synchronized @Nullable AdmissionTicket takeNext() {
        if (line.isEmpty() || !tryTakeSlot()) {
            return null;
        }
        return line.removeFirst();
    }

    private boolean tryTakeSlot() {
        if (inFlight >= mostInFlight || !descriptors.tryAcquire()) {
            return false;
        }
        inFlight++;
        return true;
    }
}
