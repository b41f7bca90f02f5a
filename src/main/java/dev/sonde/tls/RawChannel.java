package dev.sonde.tls;

import dev.sonde.eventloop.TurnBudget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;

/// The channel under a TLS connection. It counts received bytes. In one turn it returns at most as
/// many records as its loop's [TurnBudget] allows. TLS does not close it. Confined to its loop's
/// thread.
final class RawChannel extends BorrowedChannel {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /// The most bytes that are returned at once. A single record, such as a KeyUpdate, may take a
    /// millisecond, and the turn's time is read in between.
    private static final int RECORDS_AT_ONCE = 4;

    private final TurnBudget budget;
    private final FirstWarning warning = new FirstWarning();
    private final RecordMeter records = new RecordMeter();

    /// Bytes that came with the last record that this turn had room for.
    private ByteBuffer held = NOTHING;

    private long received;
    private long sent;
    private boolean isEnded;

    RawChannel(ByteChannel channel, TurnBudget budget) {
        super(channel);
        this.budget = budget;
    }

    TurnBudget budget() {
        return budget;
    }

    /// Bytes that have come.
    long received() {
        return received;
    }

    /// Bytes that have left.
    long sent() {
        return sent;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        int count = super.write(from);
        sent += Math.max(count, 0);
        return count;
    }

    /// Whether the peer has ended its direction.
    boolean isEnded() {
        return isEnded;
    }

    /// Whether bytes wait here that no selector reports.
    @Override
    boolean holdsMore() {
        return held.hasRemaining() || super.holdsMore();
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (budget.isReadOver()) {
            return 0;
        }
        int from = into.position();
        int count = held.hasRemaining() ? takeHeld(into) : receive(into);
        if (count <= 0) {
            return count;
        }
        int most = Math.min(RECORDS_AT_ONCE, budget.recordsLeft());
        int end = records.pass(into, from, from + count, most);
        budget.took(records.ended());
        if (end < from + count) {
            hold(into, end, from + count);
        }
        return end - from;
    }

    /// Whether the peer warned that it does not know the name that it was asked for.
    boolean isNameUnknown() {
        return warning.isTaken();
    }

    private int receive(ByteBuffer into) throws IOException {
        int count = warning.read(super::read, into);
        received += Math.max(count, 0);
        isEnded |= count < 0;
        return count;
    }

    private int takeHeld(ByteBuffer into) {
        int count = Math.min(held.remaining(), into.remaining());
        into.put(held.slice(held.position(), count));
        held.position(held.position() + count);
        return count;
    }

    /// Takes back what is too much for this turn.
    private void hold(ByteBuffer from, int start, int end) {
        int count = end - start;
        if (held.hasRemaining()) {
            held.position(held.position() - count);
        } else {
            held = ByteBuffer.allocate(count).put(from.slice(start, count)).flip();
        }
        from.position(start);
    }
}
