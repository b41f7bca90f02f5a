package dev.sonde.lab;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;

/// The few system calls that a lab needs and Java lacks. An answer below 0 becomes an
/// [IOException].
@SuppressWarnings("restricted")
final class Posix {

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN = bind("open", 2, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle IOCTL =
            bind("ioctl", 2, JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    private static final MethodHandle CLOSE = bind("close", 1, JAVA_INT, JAVA_INT);
    private static final MethodHandle SETNS = bind("setns", 2, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle READ =
            bind("read", 3, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle WRITE =
            bind("write", 3, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle PPOLL =
            bind("ppoll", 4, JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS);

    private static final MethodHandle SETSOCKOPT =
            bind("setsockopt", 5, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);

    private static final MethodHandle SCHED_SETSCHEDULER =
            bind("sched_setscheduler", 3, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);

    private static final MethodHandle SOCKET =
            bind("socket", 3, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = bind("bind", 3, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SENDTO =
            bind("sendto", 6, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT);

    private static final MethodHandle PRCTL =
            bind("prctl", 1, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SYSCALL =
            bind("syscall", 1, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

    private static final int PR_SET_NO_NEW_PRIVS = 38;
    private static final int IPPROTO_TCP = 6;
    private static final int TCP_DEFER_ACCEPT = 9;
    private static final int SCHED_FIFO = 1;

    private Posix() {}

    /// A call that may fail, made through a method handle.
    private interface Call {
        long make() throws Throwable;
    }

    static int open(String path, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(path);
            return (int) checked("open " + path, () -> (int) OPEN.invokeExact(name, flags));
        }
    }

    static void close(int descriptor) throws IOException {
        checked("close", () -> (int) CLOSE.invokeExact(descriptor));
    }

    /// Moves the calling thread, and only it, into the namespace that a descriptor stands for.
    static void setns(int descriptor, int kind) throws IOException {
        checked("setns", () -> (int) SETNS.invokeExact(descriptor, kind));
    }

    /// Puts the calling thread, and only it, before every thread that is not a real-time one.
    static void becomeRealTime() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment priority = arena.allocateFrom(JAVA_INT, 1);
            checked(
                    "sched_setscheduler",
                    () -> (int) SCHED_SETSCHEDULER.invokeExact(0, SCHED_FIFO, priority));
        }
    }

    /// Takes from the calling thread, and from those that it starts, the means to gain privileges.
    static void renouncePrivileges() throws IOException {
        checked("prctl", () -> (int) PRCTL.invokeExact(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L));
    }

    /// A system call that the C library has no function for.
    static long systemCall(long number, long first, long second, long third) throws IOException {
        return checked(
                "system call " + number,
                () -> (long) SYSCALL.invokeExact(number, first, second, third));
    }

    static void ioctl(int descriptor, long request, MemorySegment argument) throws IOException {
        checked("ioctl", () -> (int) IOCTL.invokeExact(descriptor, request, argument));
    }

    static int read(int descriptor, MemorySegment into) throws IOException {
        return (int)
                checked("read", () -> (long) READ.invokeExact(descriptor, into, into.byteSize()));
    }

    static void write(int descriptor, MemorySegment from) throws IOException {
        checked("write", () -> (long) WRITE.invokeExact(descriptor, from, from.byteSize()));
    }

    /// A raw socket of one protocol in the calling thread's namespace.
    static int rawSocket(int family, int protocol) throws IOException {
        int raw = 3;
        return (int) checked("socket", () -> (int) SOCKET.invokeExact(family, raw, protocol));
    }

    /// @param address a `struct sockaddr`
    static void bind(int descriptor, MemorySegment address) throws IOException {
        int bytes = (int) address.byteSize();
        checked("bind", () -> (int) BIND.invokeExact(descriptor, address, bytes));
    }

    /// @param address a `struct sockaddr`
    static void sendTo(int descriptor, MemorySegment packet, MemorySegment address)
            throws IOException {
        long size = packet.byteSize();
        int bytes = (int) address.byteSize();
        checked(
                "sendto",
                () -> (long) SENDTO.invokeExact(descriptor, packet, size, 0, address, bytes));
    }

    /// Waits until one of the polled descriptors is ready.
    ///
    /// @param polled an array of `struct pollfd`, 8 bytes each
    /// @param timeout a `struct timespec`
    /// @return how many are ready
    static int ppoll(MemorySegment polled, MemorySegment timeout) throws IOException {
        long count = polled.byteSize() / 8;
        return (int)
                checked(
                        "ppoll",
                        () -> (int) PPOLL.invokeExact(polled, count, timeout, MemorySegment.NULL));
    }

    /// Has a listener accept a connection only when its first data came (`TCP_DEFER_ACCEPT`).
    static void deferAccept(ServerSocketChannel listener, int seconds) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = descriptorOf(listener);
            MemorySegment value = arena.allocateFrom(JAVA_INT, seconds);
            checked(
                    "setsockopt",
                    () ->
                            (int)
                                    SETSOCKOPT.invokeExact(
                                            descriptor,
                                            IPPROTO_TCP,
                                            TCP_DEFER_ACCEPT,
                                            value,
                                            Integer.BYTES));
        }
    }

    private static int descriptorOf(Channel channel) throws IOException {
        try {
            return (int)
                    Class.forName("sun.nio.ch.SelChImpl").getMethod("getFDVal").invoke(channel);
        } catch (ReflectiveOperationException e) {
            throw new IOException("tests need --add-exports=java.base/sun.nio.ch=ALL-UNNAMED", e);
        }
    }

    private static long checked(String name, Call call) throws IOException {
        long answer;
        try {
            answer = call.make();
        } catch (Throwable e) {
            throw new AssertionError(name, e);
        }
        if (answer < 0) {
            throw new IOException(name + " failed");
        }
        return answer;
    }

    private static MethodHandle bind(
            String name, int fixedArguments, ValueLayout result, ValueLayout... arguments) {
        FunctionDescriptor function = FunctionDescriptor.of(result, arguments);
        MemorySegment address = LINKER.defaultLookup().findOrThrow(name);
        return fixedArguments == arguments.length
                ? LINKER.downcallHandle(address, function)
                : LINKER.downcallHandle(
                        address, function, Linker.Option.firstVariadicArg(fixedArguments));
    }
}
