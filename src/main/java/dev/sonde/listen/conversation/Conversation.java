package dev.sonde.listen.conversation;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The conversation of one accepted connection, by its listener's behaviour. Confined to the
/// connection's loop.
public interface Conversation {

    /// Whether it takes what comes; else bytes stay with the kernel.
    default boolean reads() {
        return true;
    }

    /// The number of bytes that it takes at once, at least 1.
    default int mostInput() {
        return Integer.MAX_VALUE;
    }

    /// Whether the conversation decides when TLS begins, where the listener has TLS. Otherwise TLS
    /// begins first.
    default boolean startsTls() {
        return false;
    }

    default void onStart(Wire wire) throws IOException {}

    /// Input came.
    ///
    /// @param data belongs to the loop: what is to be kept has to be copied
    default void onInput(Wire wire, ByteBuffer data) throws IOException {}

    /// The bytes that [Wire#send] could not send at once have been sent.
    default void onSent(Wire wire) throws IOException {}

    /// The handshake that [Wire#startTls] asked for has ended.
    default void onSecured(Wire wire) throws IOException {}

    default void onTimer(Wire wire) throws IOException {}

    /// The peer sends no more.
    ///
    /// @return whether the conversation has nothing left to send
    default boolean onPeerClosed() {
        return true;
    }
}
