package dev.sonde.listen.transport;

import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The payload of one accepted connection on its way from and to the peer, and how it ends on the
/// wire. Confined to the connection's loop.
public interface Transport {

    /// Takes what has come.
    ///
    /// @return 0 where nothing has come, -1 where the peer sends no more
    int read(ByteBuffer into) throws IOException;

    /// Whether something may have come that the selector does not tell of, since it has left the
    /// socket already.
    boolean mayHoldMore();

    /// Takes what has come and nobody wants any more.
    ///
    /// @param into given what of it is payload, as far as that can still be told
    /// @return 0 where nothing has come, -1 where the peer sends no more
    int drop(ByteBuffer into) throws IOException;

    /// Takes what it can.
    int write(ByteBuffer from) throws IOException;

    /// Whether something that it took is still here; a further write sends it.
    boolean hasUnsent();

    /// Tells the peer that nothing more is sent; it may go on sending.
    void endOutput() throws IOException;

    /// Closes in both directions; what the peer meets is `mode`.
    void close(CloseMode mode);
}
