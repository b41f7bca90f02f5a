package dev.sonde.listen.proxy;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ProxyMemory;
import dev.sonde.listen.spec.FaultDirection;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// One direction of a proxied connection. Without faults, bytes go directly from the loop's buffer
/// to the sink. Memory is taken only while bytes wait. A sink that takes nothing stops the reading.
/// Confined to the connection's loop.
final class Flow implements Outlet, DeadlineHandler, Command {

    /// So that one busy connection does not hold up its loop.
    private static final int READS_PER_TURN = 4;

    /// A wait as short as this is not worth a timer, whose steps are a millisecond.
    private static final long SHORT_WAIT_NANOS = 500_000;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Pair pair;
    private final Lane lane;
    private final FaultDirection direction;
    private final Leg from;
    private final Leg to;
    private final Holdings holdings;
    private final @Nullable Long most;
    private long received;
    private @Nullable FaultChain chain;
    private @Nullable ArrayDeque<Piece> outbox;
    private @Nullable FlowEnd end;
    private @Nullable Deadline wake;
    private boolean isBlocked;
    private boolean isPosted;
    private boolean isSourceOver;
    private boolean isBroken;
    private boolean isDone;
    private boolean isResetAtEnd;

    /// @param most bytes in all; no limit when absent
    Flow(Pair pair, FaultDirection direction, Leg from, Leg to, @Nullable Long most) {
        this.pair = pair;
        this.lane = pair.lane();
        this.direction = direction;
        this.from = from;
        this.to = to;
        ProxyMemory memory = pair.memory();
        this.holdings = new Holdings(memory);
        this.most = most;
    }

    /// Whether the sink has received the end.
    boolean isDone() {
        return isDone;
    }

    /// Whether something waits until the sink takes more.
    boolean isBlocked() {
        return isBlocked;
    }

    boolean wantsRead() {
        return !isSourceOver
                && !isBroken
                && !isBlocked
                && !from.hasInputEnded()
                && (chain == null || !chain.isStalled())
                && holdings.hasRoom();
    }

    /// Switches to other faults.
    void apply(FaultPlan plan) throws LegException {
        if (chain == null) {
            if (plan.faults().isEmpty()) {
                return;
            }
            chain = new FaultChain(direction, holdings, this);
        }
        chain.apply(plan, lane.now());
        pump();
        post();
    }

    /// Passes on received bytes, up to a bound.
    void read() throws LegException {
        for (int i = 0; i < READS_PER_TURN && wantsRead() && pair.isOpen(); i++) {
            ByteBuffer buffer = lane.buffer().clear();
            int count = from.read(buffer);
            if (count < 0) {
                sourceEnded(from.isReset() ? FlowEnd.RST : FlowEnd.FIN);
                return;
            }
            if (count == 0) {
                break;
            }
            pass(buffer.flip());
            if (buffer.limit() < buffer.capacity() && !from.mayHoldMore()) {
                break;
            }
        }
        if (from.mayHoldMore() && wantsRead()) {
            post();
        }
    }

    private void pass(ByteBuffer data) throws LegException {
        boolean isTooMuch = most != null && received + data.remaining() > most;
        if (isTooMuch && most != null) {
            data.limit(data.position() + (int) (most - received));
        }
        received += data.remaining();
        pair.record().received(direction, data);
        if ((chain == null || chain.isEmpty()) && isEmpty()) {
            passStraight(data);
        } else {
            Piece piece = Piece.copyOf(data, lane.now());
            holdings.add(piece.remaining() + (long) Piece.OVERHEAD_BYTES);
            first().take(piece);
            pump();
        }
        if (isTooMuch) {
            sourceEnded(FlowEnd.BYTE_LIMIT);
        }
    }

    private void passStraight(ByteBuffer data) throws LegException {
        pair.record().sent(direction, to.write(data));
        if (data.hasRemaining()) {
            Piece rest = Piece.copyOf(data, lane.now());
            holdings.add(rest.remaining() + (long) Piece.OVERHEAD_BYTES);
            take(rest);
        }
        isBlocked = !isEmpty() || to.hasUnsent();
    }

    private Outlet first() {
        return chain == null ? this : chain.first();
    }

    /// The source sends no more. Bytes on their way still arrive.
    void sourceEnded(FlowEnd how) throws LegException {
        if (isSourceOver) {
            return;
        }
        isSourceOver = true;
        pair.record().sourceEnded(direction, how);
        first().end(how);
        pump();
    }

    /// The source has reset a connection that it had ended before.
    void resetAtEnd() {
        isResetAtEnd = true;
    }

    /// The sink is gone, so waiting bytes are dropped.
    void breakOff() {
        isBroken = true;
        isBlocked = false;
        stop();
    }

    /// Drops all bytes.
    void stop() {
        outbox = null;
        chain = null;
        holdings.clear();
        if (wake != null) {
            lane.loop().cancel(wake);
            wake = null;
        }
    }

    /// Passes on the bytes that may pass now, as far as the sink takes them.
    void pump() throws LegException {
        if (!pair.isOpen() || isDone) {
            return;
        }
        long nowNanos = lane.now();
        long waitNanos = chain == null ? Stage.NEVER : chain.release(nowNanos);
        if (pair.isOpen()) {
            flush();
        }
        if (pair.isOpen()) {
            wakeAfter(waitNanos, nowNanos);
        }
    }

    private void wakeAfter(long waitNanos, long nowNanos) {
        if (wake != null) {
            lane.loop().cancel(wake);
            wake = null;
        }
        if (waitNanos < SHORT_WAIT_NANOS) {
            post();
        } else if (waitNanos != Stage.NEVER) {
            wake = lane.loop().scheduleAt(nowNanos + waitNanos, this);
        }
    }

    private void flush() throws LegException {
        if (isBlocked && to.hasUnsent()) {
            to.write(NOTHING.duplicate());
        }
        boolean isTaken = !to.hasUnsent();
        while (isTaken && outbox != null && !outbox.isEmpty()) {
            Piece head = outbox.element();
            int count = to.write(head.data);
            pair.record().sent(direction, count);
            holdings.remove(count);
            isTaken = !head.data.hasRemaining() && !to.hasUnsent();
            if (!head.data.hasRemaining()) {
                outbox.remove();
                holdings.remove(Piece.OVERHEAD_BYTES);
            }
        }
        isBlocked = !isTaken;
        if (end != null && ((isEmpty() && isTaken) || end == FlowEnd.RST)) {
            arrive(end);
        }
    }

    private void arrive(FlowEnd how) throws LegException {
        end = null;
        isDone = true;
        if (how == FlowEnd.FIN && !isResetAtEnd && !isBroken) {
            to.endOutput();
        }
        pair.arrived(this, how == FlowEnd.FIN && isResetAtEnd ? FlowEnd.RST : how);
    }

    private boolean isEmpty() {
        return outbox == null || outbox.isEmpty();
    }

    @Override
    public void take(Piece piece) {
        if (isBroken) {
            holdings.remove(piece.remaining() + (long) Piece.OVERHEAD_BYTES);
            return;
        }
        if (outbox == null) {
            outbox = new ArrayDeque<>(4);
        }
        outbox.add(piece);
    }

    @Override
    public void end(FlowEnd how) {
        if (how == FlowEnd.FAULT_RESET) {
            pair.abort();
        } else if (end == null || how != FlowEnd.FIN) {
            end = how;
        }
    }

    /// Continues in the next turn.
    private void post() {
        if (!isPosted) {
            isPosted = true;
            lane.loop().execute(this);
        }
    }

    @Override
    public void run() {
        isPosted = false;
        goOn();
    }

    @Override
    public void onDeadline(Deadline deadline) {
        wake = null;
        goOn();
    }

    private void goOn() {
        if (!pair.isOpen()) {
            return;
        }
        try {
            pump();
            if (from.mayHoldMore()) {
                read();
            }
            pair.updateInterest();
        } catch (LegException e) {
            pair.onFailure(e.leg(), e);
        }
    }

    @Override
    public void onFailure(Exception cause) {
        pair.onFailure(from, cause);
    }

    @Override
    public void onLoopClosed() {
        pair.onListenerClosed();
    }
}
