package dev.sonde.attempt.path;

import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.lane.Lane;
import dev.sonde.probe.path.PathReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// SYNs with growing TTL to one target, until the target answers or the path ends. Single use.
///
/// The next SYN leaves when the last one is answered, or after its share of the timeout. Late
/// answers still count. After the first answer that ends the path nothing more is
/// sent.
///
/// Confined to its loop's thread; only [#cancel] may be called from elsewhere. Ends in [#finish].
public final class PathWalk implements Walk, ChannelHandler, DeadlineHandler {

    private final Lane lane;
    private final PathOrder order;
    private final FurtherChannel.Way way;
    private final PathHops hops;
    private final Consumer<PathReport> whenDone;
    private final List<PathSyn> waiting = new ArrayList<>();
    private int sent;
    private long endNanos;
    private @Nullable Deadline next;
    private boolean isDone;

    /// A walk that has not begun.
    ///
    /// @param whenDone called exactly once, on the loop's thread
    public PathWalk(Lane lane, PathOrder order, PathEntry entry, Consumer<PathReport> whenDone) {
        this.lane = lane;
        this.order = order;
        this.way = new FurtherChannel.Way(order, entry);
        this.hops = new PathHops(order.remote());
        this.whenDone = whenDone;
    }

    @Override
    public void run() {
        endNanos = nowNanos() + order.settings().timeout().toNanos();
        sendNext();
    }

    @Override
    public void cancel() {
        lane.loop().execute(Command.of(this::finish));
    }

    private void sendNext() {
        cancelNext();
        if (isDone || sent >= order.settings().maxHops()) {
            return;
        }
        if (nowNanos() - endNanos >= 0) {
            finish();
            return;
        }
        sent++;
        next = lane.loop().scheduleAt(nowNanos() + shareNanos(), this);
        PathSyn[] self = new PathSyn[1];
        int ttl = sent;
        PathSyn syn =
                new PathSyn(ttl, lane, way, endNanos, answer -> onAnswer(ttl, self[0], answer));
        self[0] = syn;
        waiting.add(syn);
        syn.begin();
    }

    private long shareNanos() {
        return order.settings().timeout().toNanos() / order.settings().maxHops();
    }

    private void onAnswer(int ttl, PathSyn syn, PathAnswer answer) {
        waiting.remove(syn);
        if (hops.add(ttl, answer)) {
            finish();
        } else if (waiting.isEmpty() && sent >= order.settings().maxHops()) {
            finish();
        } else if (ttl == sent) {
            // Each answer starts the next SYN in a turn of its own.
            lane.loop().again(this, 0);
        }
    }

    @Override
    public void onReady(int readyOps) {
        sendNext();
    }

    @Override
    public void onDeadline(Deadline passed) {
        next = null;
        PathSyn last = waiting.isEmpty() ? null : waiting.getLast();
        if (last != null && last.isOf(sent) && !last.isSent()) {
            next = lane.loop().scheduleAt(nowNanos() + shareNanos(), this); // it waits for a slot
        } else {
            sendNext();
        }
    }

    @Override
    public void onFailure(Exception cause) {
        hops.broken(String.valueOf(cause.getMessage()));
        finish();
    }

    @Override
    public void onLoopClosed() {
        finish();
    }

    private void finish() {
        if (isDone) {
            return;
        }
        isDone = true;
        cancelNext();
        waiting.forEach(PathSyn::end);
        whenDone.accept(hops.report(sent));
    }

    private void cancelNext() {
        if (next != null) {
            lane.loop().cancel(next);
            next = null;
        }
    }

    private long nowNanos() {
        return lane.loop().ticker().read();
    }
}
