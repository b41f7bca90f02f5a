package dev.sonde.schedule.plan;

import dev.sonde.eventloop.Command;

/// A command of two lambdas.
record LoopTask(Runnable task, Runnable whenClosed) implements Command {

    @Override
    public void run() {
        task.run();
    }

    @Override
    public void onLoopClosed() {
        whenClosed.run();
    }
}
