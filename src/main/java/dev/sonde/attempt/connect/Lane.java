package dev.sonde.attempt.connect;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.kernel.KernelSockets;
import java.nio.ByteBuffer;

/// What belongs to one loop and is used on its thread alone: the loop, its way to ask the kernel,
/// and memory for what comes in.
///
/// @param scratch to read into; what it holds is good until the loop's next event
public record Lane(EventLoop loop, KernelSockets kernel, ByteBuffer scratch) {

    private static final int SCRATCH_BYTES = 64 * 1_024;

    public Lane(EventLoop loop, KernelSockets kernel) {
        this(loop, kernel, ByteBuffer.allocateDirect(SCRATCH_BYTES));
    }
}
