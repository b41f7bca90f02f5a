package dev.sonde.eventloop;

import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The channels that a loop is to close, a bounded number in each turn: taking one out of the
/// selector costs about 10 us. Owned by the loop's thread.
final class CloseQueue {

    private static final Logger log = LoggerFactory.getLogger(CloseQueue.class);

    private final Queue<SelectableChannel> closes = new ArrayDeque<>();

    boolean isEmpty() {
        return closes.isEmpty();
    }

    /// At once where the channel was never registered, else in its turn.
    void add(SelectableChannel channel) {
        if (channel.isRegistered()) {
            closes.add(channel);
        } else {
            closeNow(channel);
        }
    }

    /// @param most how many at most
    /// @param dispatch bounds all of them in time
    void drain(int most, Dispatch dispatch) {
        if (closes.isEmpty()) {
            return;
        }
        Pass pass = dispatch.begin();
        dispatch.budget().begin();
        for (int i = 0; i < most && !pass.isOver(); i++) {
            SelectableChannel channel = closes.poll();
            if (channel == null) {
                return;
            }
            closeNow(channel);
        }
    }

    void closeAll() {
        closes.forEach(CloseQueue::closeNow);
        closes.clear();
    }

    private static void closeNow(SelectableChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The descriptor is released either way (close(2)); there is nothing left to do.
            log.atDebug().setCause(e).log("close reported an error");
        }
    }
}
