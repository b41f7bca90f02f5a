package dev.sonde.listen.conversation;

import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/// The operations of a conversation on its connection. On the connection's loop only.
public interface Wire {

    /// Sends as far as the peer takes it; the rest is kept and sent later. Nothing may be sent
    /// before [Conversation#onSent] reports that the rest was sent.
    ///
    /// @return whether everything was taken
    boolean send(ByteBuffer data) throws IOException;

    void pauseInput();

    void resumeInput();

    /// Calls [Conversation#onTimer] once; a later call replaces an earlier one.
    void wakeAfter(Duration wait);

    /// Performs the TLS handshake, then calls [Conversation#onSecured]. Traffic from there on goes
    /// inside TLS. Only if the conversation [starts it][Conversation#startsTls], once, and while
    /// nothing waits to be sent.
    ///
    /// @param first bytes that have come already and belong to the handshake; its own from now on
    void startTls(ByteBuffer first);

    /// Ends the connection. With FIN, input of the peer is read and dropped for a while. Closing a
    /// socket with unread data would send a RST.
    void finish(CloseMode mode) throws IOException;
}
