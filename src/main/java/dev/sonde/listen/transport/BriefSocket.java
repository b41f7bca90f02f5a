package dev.sonde.listen.transport;

import dev.sonde.kernel.DirectSocket;
import dev.sonde.lane.Lane;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// An accepted socket that ends at once, so it has no place in the selector. Confined to the loop
/// that accepted it.
public sealed interface BriefSocket {

    /// Whether the kernel knows that nothing has come yet, neither bytes nor an end.
    boolean isSilent();

    /// Reads bytes that have come.
    ///
    /// @param into outside the heap
    /// @return 0 where nothing has come, -1 where the peer sends no more
    int read(ByteBuffer into) throws IOException;

    /// Closes both directions with `mode`.
    void end(CloseMode mode);

    /// One with a channel, on a host that gives nothing else.
    record OfChannel(Lane lane, SocketChannel channel) implements BriefSocket {
        @Override
        public boolean isSilent() {
            return lane.kernel().isSilent(channel);
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            channel.configureBlocking(false);
            return channel.read(into);
        }

        @Override
        public void end(CloseMode mode) {
            lane.end(channel, mode);
        }
    }

    /// One without a channel.
    record Direct(DirectSocket socket) implements BriefSocket {
        @Override
        public boolean isSilent() {
            return socket.isSilent();
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return socket.read(into);
        }

        @Override
        public void end(CloseMode mode) {
            socket.close(mode == CloseMode.RST);
        }
    }
}
