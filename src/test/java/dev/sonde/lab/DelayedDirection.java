package dev.sonde.lab;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/// One direction of a [DelayLine]: a thread that takes packets from one device and gives each to
/// the other after the delay, in order.
final class DelayedDirection implements AutoCloseable {

    private static final int PACKET_BYTES = 65_536;
    private static final short POLLIN = 1;

    /// How soon the thread notices that it should end.
    private static final long IDLE_NANOS = Duration.ofMillis(50).toNanos();

    private record Held(long dueNanos, MemorySegment packet) {}

    private final int from;
    private final int to;
    private final long delayNanos;
    private final Thread thread = Thread.ofPlatform().daemon().name("delay").unstarted(this::run);

    /// Completed by `thread` when it starts.
    private final CompletableFuture<Boolean> realTime = new CompletableFuture<>();

    /// Confined to `thread`.
    private final Queue<Held> held = new ArrayDeque<>();

    /// Written by `close`, read by `thread`.
    private volatile boolean closed;

    DelayedDirection(int from, int to, Duration delay) {
        this.from = from;
        this.to = to;
        this.delayNanos = delay.toNanos();
    }

    void start() {
        thread.start();
    }

    private void run() {
        becomeRealTime();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(PACKET_BYTES);
            MemorySegment polled = arena.allocate(8, 4);
            MemorySegment timeout = arena.allocate(16, 8);
            polled.set(ValueLayout.JAVA_INT, 0, from);
            polled.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
            while (!closed) {
                timeout.set(ValueLayout.JAVA_LONG, 8, nanosToWait());
                if (Posix.ppoll(polled, timeout) > 0) {
                    take(buffer);
                }
                passOnWhatIsDue(buffer);
            }
        } catch (IOException e) {
            throw new AssertionError("the delay line broke", e);
        }
    }

    private void becomeRealTime() {
        try {
            Posix.becomeRealTime();
            realTime.complete(true);
        } catch (IOException _) {
            realTime.complete(false); // not every container may
        }
    }

    /// Whether the thread runs before all that are not real-time ones.
    boolean isRealTime() {
        return realTime.join();
    }

    private long nanosToWait() {
        Held next = held.peek();
        return next == null
                ? IDLE_NANOS
                : Math.clamp(next.dueNanos() - System.nanoTime(), 0, IDLE_NANOS);
    }

    private void take(MemorySegment buffer) throws IOException {
        int length = Posix.read(from, buffer);
        byte[] packet = buffer.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
        held.add(new Held(System.nanoTime() + delayNanos, MemorySegment.ofArray(packet)));
    }

    private void passOnWhatIsDue(MemorySegment buffer) throws IOException {
        for (Held next = held.peek();
                next != null && next.dueNanos() - System.nanoTime() <= 0;
                next = held.peek()) {
            MemorySegment packet = buffer.asSlice(0, next.packet().byteSize());
            Posix.write(to, packet.copyFrom(next.packet()));
            held.remove();
        }
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                interrupted = true; // it ends within IDLE_NANOS, so stay for it
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
