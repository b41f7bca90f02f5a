package dev.sonde.listen.transport;

import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The carrier of one accepted connection's payload. It also ends the connection on the wire.
/// Confined to the connection's loop.
public interface Transport {

    /// Reads bytes that have come.
    ///
    /// @return 0 where nothing has come, -1 where the peer sends no more
    int read(ByteBuffer into) throws IOException;

    /// Whether bytes may have come that the selector does not report, because they have left the
    /// socket already.
    boolean mayHoldMore();

    /// Reads input that is dropped.
    ///
    /// @param into receives the payload of it, as far as it is still known
    /// @return 0 without input, -1 after the peer's end
    int drop(ByteBuffer into) throws IOException;

    /// Writes as many bytes as it can.
    int write(ByteBuffer from) throws IOException;

    /// Whether something that it took is still here; a further write sends it.
    boolean hasUnsent();

    /// Ends the sending direction; the peer may go on sending.
    void endOutput() throws IOException;

    /// Closes both directions with `mode`.
    void close(CloseMode mode);
}
