package dev.sonde.web;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Native buffers for long answers, of which one is kept. The kernel takes it as it is, and fewer
/// calls wake the peer less often. Safe for any thread.
final class LargeBuffers {

    /// Parts of this size from native memory take a quarter less CPU than 64 KiB from the heap.
    static final int BYTES = 256 * 1_024;

    private final AtomicReference<@Nullable ByteBuffer> kept = new AtomicReference<>();

    /// An empty buffer, for one thread at a time.
    ByteBuffer take() {
        ByteBuffer spare = kept.getAndSet(null);
        return spare == null ? ByteBuffer.allocateDirect(BYTES) : spare;
    }

    /// Nobody uses the buffer any more.
    void giveBack(ByteBuffer buffer) {
        kept.set(buffer.clear());
    }
}
