package dev.sonde.eventloop;

import java.util.concurrent.TimeUnit;

/// The reads, bytes, TLS records and time that one channel may use in one turn of its loop.
///
/// A loop has one budget and begins it anew before each call of a handler. A channel whose budget
/// is used up reports 0 bytes, even if its peer sends. Its handler then returns to the loop. The
/// first read and the first write of a turn pass in any case, so each turn makes progress. Owned by
/// the loop's thread.
public final class TurnBudget {

    static final int MOST_READS = 64;
    static final int MOST_BYTES = 1 << 20;
    static final int MOST_RECORDS = 64;
    static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /// The factor of the budget for writing, so that an answer to read bytes is not cut off.
    private static final int WRITE_SHARE = 2;

    private final Ticker ticker;
    private final boolean isEndless;
    private long startedNanos;
    private boolean isTouched;
    private boolean isLastRecord;
    private int reads;
    private int readBytes;
    private int writtenBytes;
    private int records;

    public TurnBudget(Ticker ticker) {
        this(ticker, false);
    }

    private TurnBudget(Ticker ticker, boolean isEndless) {
        this.ticker = ticker;
        this.isEndless = isEndless;
    }

    /// A budget that is never used up, for a channel that no loop drives.
    public static TurnBudget endless() {
        return new TurnBudget(() -> 0, true);
    }

    void begin() {
        isTouched = false;
    }

    /// Whether the channel of this turn has read or written anything.
    boolean isTouched() {
        return isTouched;
    }

    /// Whether nothing more is to be read or processed in this turn.
    public boolean isReadOver() {
        return !isFirst()
                && (reads >= MOST_READS
                        || readBytes >= MOST_BYTES
                        || records >= MOST_RECORDS
                        || ticker.read() - startedNanos >= MOST_NANOS);
    }

    /// Whether nothing more is to be written in this turn.
    public boolean isWriteOver() {
        return !isFirst()
                && !isLastRecord
                && (writtenBytes >= WRITE_SHARE * MOST_BYTES
                        || ticker.read() - startedNanos >= WRITE_SHARE * MOST_NANOS);
    }

    /// Opens the budget for the last record of a connection, such as close_notify or an alert, and
    /// closes it again. Nothing follows that record, so no later turn could send it.
    public void lastRecord(boolean isNow) {
        isLastRecord = isNow;
    }

    /// The turn's first question starts its clock.
    private boolean isFirst() {
        if (isTouched && !isEndless) {
            return false;
        }
        isTouched = true;
        reads = 0;
        readBytes = 0;
        writtenBytes = 0;
        records = 0;
        startedNanos = ticker.read();
        return true;
    }

    /// Counts a read, and the bytes that it took from a socket; -1 counts none.
    public void read(int bytes) {
        reads++;
        readBytes += Math.max(bytes, 0);
    }

    /// Counts bytes that were written.
    public void wrote(int bytes) {
        writtenBytes += bytes;
    }

    /// Counts TLS records that were taken in.
    public void took(int more) {
        records += more;
    }

    /// The number of TLS records that may still be taken in.
    public int recordsLeft() {
        return isEndless ? MOST_RECORDS : MOST_RECORDS - records;
    }
}
