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
}
