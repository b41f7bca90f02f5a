package dev.sonde.result;

/// A limit of events of one kind in each second of the clock; further ones are counted.
///
/// Its own lock guards the fields, since events come from every loop; it is held for a few
/// instructions.
final class EventQuota {

    private final int perSecond;
    private long second;
    private int admitted;
    private long omitted;

    EventQuota(int perSecond) {
        this.perSecond = perSecond;
    }

    /// @param now seconds of the clock
    synchronized boolean admits(long now) {
        if (now != second) {
            second = now;
            admitted = 0;
        }
        if (admitted >= perSecond) {
            omitted++;
            return false;
        }
        admitted++;
        return true;
    }

    /// How many were left out since this was asked last.
    synchronized long takeOmitted() {
        long taken = omitted;
        omitted = 0;
        return taken;
    }
}
