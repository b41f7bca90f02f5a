package dev.sonde.listen;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.kernel.KernelSockets;
import java.nio.ByteBuffer;

/// What belongs to one loop and is used on its thread alone: the loop, its way to ask the kernel,
/// and the one buffer that all its connections are read into.
record Lane(EventLoop loop, KernelSockets kernel, ByteBuffer buffer) {

    static final int BUFFER_BYTES = 65_536;

    Lane(EventLoop loop, KernelSockets kernel) {
        this(loop, kernel, ByteBuffer.allocateDirect(BUFFER_BYTES));
    }

    long now() {
        return loop.ticker().read();
    }
}
