package dev.sonde.eventloop;

import java.util.concurrent.atomic.AtomicInteger;

/// A command that counts how often it ran and how often it was told that its loop had closed.
record CountedCommand(AtomicInteger ran, AtomicInteger told) implements Command {

    CountedCommand() {
        this(new AtomicInteger(), new AtomicInteger());
    }

    @Override
    public void run() {
        ran.incrementAndGet();
    }

    @Override
    public void onLoopClosed() {
        told.incrementAndGet();
    }

    /// A command that runs `action` and ignores the loop's end.
    static Command running(Runnable action) {
        return new Command() {
            @Override
            public void run() {
                action.run();
            }

            @Override
            public void onLoopClosed() {}
        };
    }
}
