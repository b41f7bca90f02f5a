package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.ref.Reference;

/// The C library's socket calls, with the memory they read and write allocated once.
///
/// One thread at a time: every call reuses the same memory. An answer below 0 is the negated error
/// number; no answer throws. The constructor calls nothing native. The first call binds [Bindings],
/// which takes about 100 ms.
final class SocketCalls {

    private static final int MSG_ERRQUEUE = 0x2000;
    private static final int EBADF = Errno.EBADF.number();
    private static final int EINVAL = 22;
    private static final int SHUT_RD = 0;
    private static final int POLLIN = 1;
    private static final int POLLRDHUP = 0x2000;

    /// Of any call whose function ends in an error, the `errno` that went with it.
    private final MemorySegment captured;

    private final MemorySegment value;
    private final MemorySegment length;

    SocketCalls() {
        Arena arena = Arena.ofAuto();
        captured = arena.allocate(Linker.Option.captureStateLayout());
        value = arena.allocate(TcpInfo.WHOLE_BYTES, Long.BYTES);
        length = arena.allocate(JAVA_INT);
    }

    /// Asks for an option, at most `size` bytes of it.
    ///
    /// @return how many bytes the kernel wrote to [#value], or the negated error number
    int get(int descriptor, SocketOption option, int size) {
        if (descriptor == Descriptors.NONE) {
            return -EBADF;
        }
        length.set(JAVA_INT, 0, size);
        try {
            int answer =
                    (int)
                            (long)
                                    Bindings.GETSOCKOPT.invokeExact(
                                            captured,
                                            (long) descriptor,
                                            (long) option.level,
                                            (long) option.number,
                                            value.address(),
                                            length.address());
            return answer < 0 ? -errno() : length.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Sets an option to a number.
    ///
    /// @return 0, or the negated error number
    int set(int descriptor, SocketOption option, int number) {
        value.set(JAVA_INT, 0, number);
        return set(descriptor, option, value, Integer.BYTES);
    }

    /// Sets an option to two numbers.
    ///
    /// @return 0, or the negated error number
    int setPair(int descriptor, SocketOption option, int first, int second) {
        value.set(JAVA_INT, 0, first);
        value.set(JAVA_INT, Integer.BYTES, second);
        return set(descriptor, option, value, 2 * Integer.BYTES);
    }

    /// Asks for input or an end of a socket, without waiting (`poll`).
    ///
    /// @return 0 without either, above 0 with one, or the negated error number
    int pollInput(int descriptor) {
        if (descriptor == Descriptors.NONE) {
            return -EBADF;
        }
        value.set(JAVA_INT, 0, descriptor);
        value.set(JAVA_INT, Integer.BYTES, POLLIN | POLLRDHUP);
        try {
            int answer =
                    (int)
                            (long)
                                    Bindings.POLL.invokeExact(
                                            captured, value.address(), 1L, 0L, 0L, 0L);
            return answer < 0 ? -errno() : answer;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Sets an option to a structure.
    ///
    /// @return 0, or the negated error number
    int set(int descriptor, SocketOption option, MemorySegment structure, int bytes) {
        if (descriptor == Descriptors.NONE) {
            return -EBADF;
        }
        try {
            int answer =
                    (int)
                            (long)
                                    Bindings.SETSOCKOPT.invokeExact(
                                            captured,
                                            (long) descriptor,
                                            (long) option.level,
                                            (long) option.number,
                                            structure.address(),
                                            (long) bytes);
            return answer < 0 ? -errno() : 0;
        } catch (Throwable e) {
            throw impossible(e);
        } finally {
            Reference.reachabilityFence(structure);
        }
    }

    /// Asks for the socket's own address (`getsockname`).
    ///
    /// @return how many bytes of a `struct sockaddr` the kernel wrote to [#value], or the negated
    ///     error number
    int name(int descriptor) {
        if (descriptor == Descriptors.NONE) {
            return -EBADF;
        }
        length.set(JAVA_INT, 0, SocketAddresses.BYTES);
        try {
            int answer =
                    (int)
                            (long)
                                    Bindings.GETSOCKNAME.invokeExact(
                                            captured,
                                            (long) descriptor,
                                            value.address(),
                                            length.address(),
                                            0L,
                                            0L);
            return answer < 0 ? -errno() : length.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Stops a socket from listening and keeps its address: SYNs are answered with a RST.
    ///
    /// @return 0, or the negated error number
    int stopListening(int descriptor) {
        int length = name(descriptor);
        if (length < 0) {
            return length;
        }
        try {
            int answer =
                    (int)
                            (long)
                                    Bindings.SHUTDOWN.invokeExact(
                                            captured,
                                            (long) descriptor,
                                            (long) SHUT_RD,
                                            0L,
                                            0L,
                                            0L);
            if (answer < 0) {
                return -errno();
            }
            // A port that the kernel chose is given back by the kernel; one that was asked for
            // stays, and then this call answers EINVAL.
            int bound =
                    (int)
                            (long)
                                    Bindings.BIND.invokeExact(
                                            captured,
                                            (long) descriptor,
                                            value.address(),
                                            (long) length,
                                            0L,
                                            0L);
            return bound < 0 && errno() != EINVAL ? -errno() : 0;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Has a bound socket listen.
    ///
    /// @return 0, or the negated error number
    int listen(int descriptor, int backlog) {
        if (descriptor == Descriptors.NONE) {
            return -EBADF;
        }
        try {
            int answer =
                    (int)
                            (long)
                                    Bindings.LISTEN.invokeExact(
                                            captured,
                                            (long) descriptor,
                                            (long) backlog,
                                            0L,
                                            0L,
                                            0L);
            return answer < 0 ? -errno() : 0;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Makes an `ioctl` that answers with one number.
    ///
    /// @return the number, or the negated error number
    int number(int descriptor, long request) {
        if (descriptor == Descriptors.NONE) {
            return -EBADF;
        }
        try {
            int answer =
                    (int)
                            (long)
                                    Bindings.IOCTL.invokeExact(
                                            captured,
                                            (long) descriptor,
                                            request,
                                            value.address(),
                                            0L,
                                            0L);
            return answer < 0 ? -errno() : value.get(JAVA_INT, 0);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /// Takes the oldest entry off the error queue into a message.
    ///
    /// @return at least 0, or the negated error number: EAGAIN if the queue is empty
    int receiveError(int descriptor, MemorySegment message) {
        if (descriptor == Descriptors.NONE) {
            return -EBADF;
        }
        try {
            long answer =
                    (long)
                            Bindings.RECVMSG.invokeExact(
                                    captured,
                                    (long) descriptor,
                                    message.address(),
                                    (long) MSG_ERRQUEUE,
                                    0L,
                                    0L);
            return answer < 0 ? -errno() : (int) answer;
        } catch (Throwable e) {
            throw impossible(e);
        } finally {
            Reference.reachabilityFence(message);
        }
    }

    /// The bytes of the last [#get]; valid until the next call.
    MemorySegment value() {
        return value;
    }

    private int errno() {
        return captured.get(JAVA_INT, Bindings.ERRNO_OFFSET);
    }

    static Error impossible(Throwable e) {
        return e instanceof Error error
                ? error
                : new AssertionError("a C function throws nothing", e);
    }

    /// The functions of the C library that is loaded already. Bound on first use, which fails where
    /// the JVM denies native access.
    @SuppressWarnings("restricted")
    static final class Bindings {

        private static final Linker LINKER = Linker.nativeLinker();
        private static final Linker.Option CAPTURE = Linker.Option.captureCallState("errno");
        static final long ERRNO_OFFSET =
                Linker.Option.captureStateLayout().byteOffset(PathElement.groupElement("errno"));

        /// One form for all functions: the first call of each form costs 20 ms. 64-bit Linux passes
        /// integers and pointers in 64-bit registers, also to a variadic function. A function
        /// ignores the registers that it does not declare. The upper half of an `int` result is
        /// undefined.
        private static final FunctionDescriptor FORM =
                FunctionDescriptor.of(
                        JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

        static final MethodHandle GETSOCKOPT = bind("getsockopt");
        static final MethodHandle SETSOCKOPT = bind("setsockopt");
        static final MethodHandle GETSOCKNAME = bind("getsockname");
        static final MethodHandle SHUTDOWN = bind("shutdown");
        static final MethodHandle LISTEN = bind("listen");
        static final MethodHandle BIND = bind("bind");
        static final MethodHandle RECVMSG = bind("recvmsg");
        static final MethodHandle IOCTL = bind("ioctl");
        static final MethodHandle POLL = bind("poll");

        static MethodHandle bind(String name) {
            return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), FORM, CAPTURE);
        }
    }
}
