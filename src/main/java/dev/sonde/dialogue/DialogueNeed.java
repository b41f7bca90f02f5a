package dev.sonde.dialogue;

import java.nio.ByteBuffer;
import java.time.Duration;

/// The need of a dialogue, to fulfil before the next [Exchange#proceed].
public sealed interface DialogueNeed {

    /// More bytes have to come, or the peer's end.
    record Input() implements DialogueNeed {}

    /// More bytes are to be searched, in the next turn.
    record Turn() implements DialogueNeed {}

    /// Bytes have to be sent.
    ///
    /// @param data read-only, and its position nobody else's
    record Send(ByteBuffer data) implements DialogueNeed {}

    record Pause(Duration length) implements DialogueNeed {}

    /// A TLS handshake, with [Exchange#rest] as the first bytes that the peer sent.
    record Tls() implements DialogueNeed {}

    /// The end: the connection is to be closed.
    record Close(DialogueStep.Close mode) implements DialogueNeed {}

    /// The end: all steps are done.
    record Done() implements DialogueNeed {}

    /// The end: the peer sent something unexpected.
    record Failed(DialogueFault fault) implements DialogueNeed {}
}
