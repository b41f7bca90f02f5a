package dev.sonde.eventloop;

import java.io.IOException;

/// The owner of a channel, of deadlines, or of both, driven by a loop.
///
/// Every method is called on the thread of the loop that the handler registered with, never
/// concurrently. No method may block. A throwable of the first two comes back through [#onFailure],
/// an error as the cause of an exception.
public interface Handler {

    /// The registered channel is ready, or [EventLoop#again] asked for this call. Readiness may be
    /// reported in vain, and for a channel that the handler has closed.
    ///
    /// @param readyOps the ready set of the `SelectionKey`
    void onReady(int readyOps) throws IOException;

    /// A deadline of this handler has passed; it is no longer scheduled.
    void onDeadline(Deadline deadline) throws IOException;

    /// One of the handler's own methods threw `cause`: release the channel and report.
    void onFailure(Exception cause);

    /// The loop closes: release the channel and report. May be called more than once.
    void onLoopClosed();
}
