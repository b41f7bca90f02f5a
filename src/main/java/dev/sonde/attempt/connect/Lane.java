package dev.sonde.attempt.connect;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.kernel.KernelSockets;
import java.nio.ByteBuffer;

/// The belongings of one loop, used only on its thread: the loop, its calls of the kernel, and
/// memory for input.
///
/// @param scratch to read into; its content is valid until the loop's next event
public record Lane(EventLoop loop, KernelSockets kernel, ByteBuffer scratch) {

    private static final int SCRATCH_BYTES = 64 * 1_024;

    public Lane(EventLoop loop, KernelSockets kernel) {
        this(loop, kernel, ByteBuffer.allocateDirect(SCRATCH_BYTES));
    }
}
