package dev.sonde.listen;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.lane.Lane;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A task to run after every loop has once more polled its selector and handled the ready channels.
/// It runs in any case, even if loops close.
final class AfterNextSelect {

    private final AtomicInteger missing;
    private final Runnable then;

    private AfterNextSelect(int loops, Runnable then) {
        this.missing = new AtomicInteger(loops);
        this.then = then;
    }

    /// @param then run once, on the thread of the loop that was last
    static void ofAll(List<Lane> lanes, Runnable then) {
        AfterNextSelect look = new AfterNextSelect(lanes.size(), then);
        for (Lane lane : lanes) {
            lane.loop().execute(look.new OfLoop(lane.loop()));
        }
    }

    private void oneHasLooked() {
        if (missing.decrementAndGet() == 0) {
            then.run();
        }
    }

    /// A loop's own part. A deadline that is set now fires after the next select and what it found.
    private final class OfLoop implements Command, DeadlineHandler {

        private final EventLoop loop;
        private boolean hasLooked;

        OfLoop(EventLoop loop) {
            this.loop = loop;
        }

        @Override
        public void run() {
            loop.scheduleAt(loop.ticker().read() + 1, this);
        }

        @Override
        public void onDeadline(Deadline due) {
            look();
        }

        @Override
        public void onLoopClosed() {
            look();
        }

        private void look() {
            if (!hasLooked) {
                hasLooked = true;
                oneHasLooked();
            }
        }

        @Override
        public void onFailure(Exception cause) {
            // `then` must not throw; if it did, there is no owner to report to.
            throw new IllegalStateException(cause);
        }
    }
}
