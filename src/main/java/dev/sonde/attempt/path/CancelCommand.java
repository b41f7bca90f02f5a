package dev.sonde.attempt.path;

import dev.sonde.eventloop.Command;

/// The end of a question that somebody else asks for.
record CancelCommand(Runnable end) implements Command {

    @Override
    public void run() {
        end.run();
    }

    @Override
    public void onLoopClosed() {
        // The question itself is told by the loop.
    }
}
