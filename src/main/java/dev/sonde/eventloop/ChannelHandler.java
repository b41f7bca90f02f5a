package dev.sonde.eventloop;

import java.io.IOException;

/// The owner of a channel.
public interface ChannelHandler extends Handler {

    /// The registered channel is ready, or [EventLoop#again] asked for this call. Readiness may be
    /// reported in vain, and for a channel that the handler has closed.
    ///
    /// @param readyOps the ready set of the `SelectionKey`
    void onReady(int readyOps) throws IOException;
}
