package dev.sonde.listen.proxy;

import java.nio.ByteBuffer;

/// Bytes on their way through one direction of a proxied connection. Confined to its loop.
final class Piece {

    /// The cost of a piece beside its bytes, in bytes of heap.
    static final int OVERHEAD_BYTES = 96;

    final ByteBuffer data;

    /// When it came here, or may leave here, on the loop's ticker.
    long atNanos;

    Piece(ByteBuffer data, long atNanos) {
        this.data = data;
        this.atNanos = atNanos;
    }

    static Piece copyOf(ByteBuffer from, long atNanos) {
        return new Piece(ByteBuffer.allocate(from.remaining()).put(from).flip(), atNanos);
    }

    int remaining() {
        return data.remaining();
    }

    /// Takes the first bytes off.
    Piece cut(int count) {
        Piece first = new Piece(data.slice(data.position(), count), atNanos);
        data.position(data.position() + count);
        return first;
    }
}
