package dev.sonde.eventloop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;

/// A socket within its loop's [TurnBudget]: it reports 0 bytes once the budget is used up.
///
/// Readiness is level-triggered, so the loop reports the rest in its next turn. Closing it closes
/// the socket. Confined to its loop's thread.
public final class TurnChannel implements ByteChannel {

    private final SocketChannel socket;
    private final TurnBudget budget;

    /// @param socket does not block
    public TurnChannel(SocketChannel socket, TurnBudget budget) {
        this.socket = socket;
        this.budget = budget;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (budget.isReadOver()) {
            return 0;
        }
        int count = socket.read(into);
        budget.read(count);
        return count;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        if (budget.isWriteOver()) {
            return 0;
        }
        int count = socket.write(from);
        budget.wrote(count);
        return count;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
