package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// A socket of rtnetlink(7). The kernel answers within the call that sends, so nothing blocks. It
/// needs no privilege. For one thread.
final class RouteSocket implements AutoCloseable {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int REQUEST = 1;
    private static final int RTA_DST = 1;
    private static final int MESSAGE = 8_192;

    private final int descriptor;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(MESSAGE, Long.BYTES);

    RouteSocket() {
        descriptor =
                (int)
                        call(
                                () ->
                                        (int)
                                                Bindings.SOCKET.invokeExact(
                                                        AF_NETLINK, SOCK_RAW_CLOEXEC, 0));
    }

    /// Sends a request and returns the answer of the kernel; null where it does not answer.
    ///
    /// @param fixed the part after the header
    /// @param destination attribute 1 of the request, which is the address in each of them
    @Nullable ByteBuffer exchange(int type, byte[] fixed, byte @Nullable [] destination) {
        if (descriptor < 0) {
            return null;
        }
        ByteBuffer out = memory.asByteBuffer().order(ByteOrder.nativeOrder());
        int attribute = destination == null ? 0 : 4 + destination.length;
        int length = RouteMessage.HEADER + fixed.length + attribute;
        out.putInt(length).putShort((short) type).putShort((short) REQUEST).putInt(1).putInt(0);
        out.put(fixed);
        if (destination != null) {
            out.putShort((short) attribute).putShort((short) RTA_DST).put(destination);
        }
        long sent =
                call(() -> (long) Bindings.SEND.invokeExact(descriptor, memory, (long) length, 0));
        if (sent < 0) {
            return null;
        }
        long got =
                call(
                        () ->
                                (long)
                                        Bindings.RECV.invokeExact(
                                                descriptor, memory, (long) MESSAGE, MSG_DONTWAIT));
        return got < RouteMessage.HEADER
                ? null
                : memory.asSlice(0, got).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    @Override
    public void close() {
        if (descriptor >= 0) {
            var _ = call(() -> (int) Bindings.CLOSE.invokeExact(descriptor));
        }
        arena.close();
    }

    /// A call of the C library.
    private interface NativeCall {
        long make() throws Throwable;
    }

    private static long call(NativeCall call) {
        try {
            return call.make();
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a C function throws nothing", e);
        }
    }

    /// Bound on first use.
    @SuppressWarnings("restricted")
    private static final class Bindings {

        private static final Linker LINKER = Linker.nativeLinker();
        static final MethodHandle SOCKET = bind("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
        static final MethodHandle SEND =
                bind("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
        static final MethodHandle RECV =
                bind("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
        static final MethodHandle CLOSE = bind("close", JAVA_INT, JAVA_INT);

        private static MethodHandle bind(
                String name, ValueLayout result, ValueLayout... arguments) {
            return LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow(name),
                    FunctionDescriptor.of(result, arguments));
        }
    }
}
