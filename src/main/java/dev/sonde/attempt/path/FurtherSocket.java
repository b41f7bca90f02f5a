package dev.sonde.attempt.path;

import dev.sonde.lane.Lane;
import dev.sonde.lane.ResetOnClose;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// A connect of a question beyond a run. Single use, confined to its loop's thread.
abstract class FurtherSocket extends FurtherChannel<SocketChannel> {

    /// @param lastNanos end of the whole question
    FurtherSocket(Lane lane, Way way, long lastNanos) {
        super(lane, way, lastNanos);
    }

    /// Prepares the socket before its connect.
    ///
    /// @return why that is impossible; null where it is done
    abstract @Nullable String prepare(SocketChannel opened) throws IOException;

    /// The connect has been called.
    ///
    /// @param isConnected whether the handshake was over at once
    abstract void called(SocketChannel opened, boolean isConnected);

    @Override
    final SocketChannel open() throws IOException {
        return SocketChannel.open();
    }

    @Override
    final void send(SocketChannel opened) throws IOException {
        if (order.isHalfOpen()) {
            opened.setOption(ExtendedSocketOptions.TCP_QUICKACK, false);
        }
        String why = prepare(opened);
        if (why == null && !lane.kernel().queueErrors(opened, order.remote().getAddress(), true)) {
            why = "this host cannot report the answer to a SYN";
        }
        if (why != null) {
            notSent(why);
            return;
        }
        var _ = lane.loop().register(opened, SelectionKey.OP_CONNECT, this);
        called(opened, opened.connect(order.remote()));
    }

    @Override
    final void closing(SocketChannel opened) {
        if (order.isReset() && opened.isOpen()) {
            ResetOnClose.set(opened);
        }
    }
}
