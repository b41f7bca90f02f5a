package dev.sonde.listen.proxy;

import dev.sonde.eventloop.ChannelHandler;
import java.io.IOException;

/// The handler of one side's channel: it reports each event to the pair, with that side.
record LegHandler(Pair pair, Leg leg) implements ChannelHandler {

    @Override
    public void onReady(int readyOps) throws IOException {
        pair.onReady(leg, readyOps);
    }

    @Override
    public void onFailure(Exception cause) {
        pair.onFailure(leg, cause);
    }

    @Override
    public void onLoopClosed() {
        pair.onListenerClosed();
    }
}
