package dev.sonde.eventloop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A handler that remembers what it was told, and does as a test says when it is.
class RecordingHandler implements ChannelHandler, DeadlineHandler {

    final List<Integer> ready = new ArrayList<>();
    final List<Deadline> passed = new ArrayList<>();
    final List<Exception> failures = new ArrayList<>();
    int closed;

    /// What the handler does when its channel is ready or its deadline has passed.
    Reaction reaction = () -> {};

    interface Reaction {
        void act() throws IOException;
    }

    static RecordingHandler doing(Reaction reaction) {
        RecordingHandler handler = new RecordingHandler();
        handler.reaction = reaction;
        return handler;
    }

    @Override
    public void onReady(int readyOps) throws IOException {
        ready.add(readyOps);
        reaction.act();
    }

    @Override
    public void onDeadline(Deadline deadline) throws IOException {
        passed.add(deadline);
        reaction.act();
    }

    @Override
    public void onFailure(Exception cause) {
        failures.add(cause);
    }

    @Override
    public void onLoopClosed() {
        closed++;
    }
}
