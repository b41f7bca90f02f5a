package dev.sonde.eventloop;

/// The owner of a channel or of deadlines, driven by a loop.
///
/// Every method is called on the thread of the loop that the handler registered with, never
/// concurrently. No method may block. A throwable of a handler's own method comes back through
/// [#onFailure], an error as the cause of an exception.
public interface Handler {

    /// One of the handler's own methods threw `cause`: release the channel and report.
    void onFailure(Exception cause);

    /// The loop closes: release the channel and report. May be called more than once.
    void onLoopClosed();
}
