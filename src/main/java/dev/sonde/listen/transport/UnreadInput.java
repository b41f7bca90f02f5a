package dev.sonde.listen.transport;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.kernel.TcpState;
import dev.sonde.lane.Lane;
import java.nio.channels.SocketChannel;

/// The kernel's view of a connection with bytes that are not to be read. Only the kernel can
/// distinguish waiting bytes from the peer's end behind them.
public enum UnreadInput {
    /// Unread bytes wait.
    UNREAD,
    /// Bytes may wait; the kernel cannot be asked.
    UNKNOWN,
    PEER_CLOSED,
    PEER_RESET,
    ERROR;

    /// On the loop's thread; takes the socket's error away.
    static UnreadInput at(Lane lane, SocketChannel channel) {
        TcpInfo info = lane.kernel().tcpInfo(channel);
        if (info == null) {
            return UNKNOWN;
        }
        if (info.state() == TcpState.ESTABLISHED) {
            return UNREAD;
        }
        if (info.state() != TcpState.CLOSE) {
            return PEER_CLOSED;
        }
        Errno error = lane.kernel().takeError(channel);
        return error != null && error.isReset() ? PEER_RESET : ERROR;
    }
}
