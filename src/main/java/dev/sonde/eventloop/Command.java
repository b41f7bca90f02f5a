package dev.sonde.eventloop;

/// A task of another thread for a loop.
///
/// Exactly one of the two methods is called, once. No command is lost.
public interface Command {

    /// Called on the loop's thread, in the order of submission by any one thread.
    void run();

    /// The loop has closed, or closes before the command's turn came. Called on the loop's thread,
    /// or on a submitting one when the loop has ended already.
    void onLoopClosed();

    /// A command of two lambdas.
    static Command of(Runnable run, Runnable whenClosed) {
        return new Command() {
            @Override
            public void run() {
                run.run();
            }

            @Override
            public void onLoopClosed() {
                whenClosed.run();
            }
        };
    }

    /// A command for an owner to which the loop reports its end anyway, or which nobody waits for.
    static Command of(Runnable run) {
        return of(run, () -> {});
    }
}
