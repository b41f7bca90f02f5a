package dev.sonde.attempt.path;

import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.lane.Lane;
import dev.sonde.probe.path.PathReport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// SYNs with growing TTL to one target, until the target answers or the path ends. Single use.
///
/// The next SYN leaves when the last one is answered, or after its share of the timeout. Late
/// answers still count. After the first answer that ends the path nothing more is sent.
///
/// Confined to its loop's thread; only [#cancel] may be called from elsewhere. Ends in [#finish].
public final class PathWalk extends SingleWalk<PathReport>
        implements ChannelHandler, DeadlineHandler {

    private final PathOrder order;
    private final FurtherChannel.Way way;
    private final PathHops hops;
    private final List<PathSyn> waiting = new ArrayList<>();
    private int sent;
    private long endNanos;

    /// A walk that has not begun.
    ///
    /// @param whenDone called exactly once, on the loop's thread
    public PathWalk(Lane lane, PathOrder order, PathEntry entry, Consumer<PathReport> whenDone) {
        super(lane, whenDone);
        this.order = order;
        this.way = new FurtherChannel.Way(order, entry);
        this.hops = new PathHops(order.remote());
    }

    @Override
    public void run() {
        endNanos = nowNanos() + order.settings().timeout().toNanos();
        sendNext();
    }

    private void sendNext() {
        stopWaiting();
        if (isDone() || sent >= order.settings().maxHops()) {
            return;
        }
        if (nowNanos() - endNanos >= 0) {
            finish();
            return;
        }
        sent++;
        waitUntil(nowNanos() + shareNanos(), this);
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
        waited();
        PathSyn last = waiting.isEmpty() ? null : waiting.getLast();
        if (last != null && last.isOf(sent) && !last.isSent()) {
            waitUntil(nowNanos() + shareNanos(), this); // it waits for a slot
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
    protected PathReport end() {
        waiting.forEach(PathSyn::end);
        return hops.report(sent);
    }

    private long nowNanos() {
        return lane.loop().ticker().read();
    }
}
