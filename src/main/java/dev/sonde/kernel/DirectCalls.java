package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/// The C library's calls on connections without a channel, with the memory they write allocated
/// once.
///
/// One thread at a time. An answer below 0 is the negated error number; no answer throws. The first
/// call binds the functions.
final class DirectCalls {

    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;

    private final MemorySegment captured;
    private final MemorySegment address;
    private final MemorySegment length;

    DirectCalls() {
        Arena arena = Arena.ofAuto();
        captured = arena.allocate(Linker.Option.captureStateLayout());
        address = arena.allocate(SocketAddresses.BYTES, Long.BYTES);
        length = arena.allocate(JAVA_INT);
    }

    /// Takes a connection out of the accept queue. It does not block, and no child process has it.
    ///
    /// @return its descriptor, with the peer's `struct sockaddr` in [#address], or the negated
    ///     error number
    int accept(int listener) {
        length.set(JAVA_INT, 0, SocketAddresses.BYTES);
        try {
            int answer =
                    (int)
                            (long)
                                    Bindings.ACCEPT.invokeExact(
                                            captured,
                                            (long) listener,
                                            address.address(),
                                            length.address(),
                                            (long) (SOCK_NONBLOCK | SOCK_CLOEXEC),
                                            0L);
            return answer < 0 ? -errno() : answer;
        } catch (Throwable e) {
            throw SocketCalls.impossible(e);
        }
    }

    /// Reads bytes that have come.
    ///
    /// @param into outside the heap; its position stays
    /// @return how many, 0 at the peer's end, or the negated error number
    int receive(int descriptor, ByteBuffer into) {
        try {
            long answer =
                    (long)
                            Bindings.RECEIVE.invokeExact(
                                    captured,
                                    (long) descriptor,
                                    MemorySegment.ofBuffer(into).address(),
                                    (long) into.remaining(),
                                    0L,
                                    0L);
            return answer < 0 ? -errno() : (int) answer;
        } catch (Throwable e) {
            throw SocketCalls.impossible(e);
        } finally {
            Reference.reachabilityFence(into);
        }
    }

    /// Closes a descriptor. It is free after any answer.
    void close(int descriptor) {
        try {
            var _ = (long) Bindings.CLOSE.invokeExact(captured, (long) descriptor, 0L, 0L, 0L, 0L);
        } catch (Throwable e) {
            throw SocketCalls.impossible(e);
        }
    }

    /// The peer's address of the last [#accept]; valid until the next one.
    MemorySegment address() {
        return address;
    }

    private int errno() {
        return captured.get(JAVA_INT, SocketCalls.Bindings.ERRNO_OFFSET);
    }

    /// The functions of the C library. Bound on first use.
    private static final class Bindings {

        static final MethodHandle ACCEPT = SocketCalls.Bindings.bind("accept4");
        static final MethodHandle RECEIVE = SocketCalls.Bindings.bind("recv");
        static final MethodHandle CLOSE = SocketCalls.Bindings.bind("close");
    }
}
