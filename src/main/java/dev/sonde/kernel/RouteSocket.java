package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sonde.kernel.OwnRoute.Kind;
import dev.sonde.kernel.OwnRoute.Neighbour;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A socket of rtnetlink(7) for the questions of one address. The kernel answers within the call
/// that sends, so nothing blocks. It needs no privilege. For one thread.
final class RouteSocket implements AutoCloseable {

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x80000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int REQUEST = 1;
    private static final int ERROR = 2;
    private static final int NEW_LINK = 16;
    private static final int GET_LINK = 18;
    private static final int NEW_NEIGHBOUR = 28;
    private static final int GET_NEIGHBOUR = 30;
    private static final int NEW_ROUTE = 24;
    private static final int GET_ROUTE = 26;
    private static final int RTA_DST = 1;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int IFLA_IFNAME = 3;
    private static final int HEADER = 16;
    private static final int MESSAGE = 8_192;
    private static final int IFF_UP = 1;
    private static final int IFF_LOWER_UP = 0x10000;
    private static final int STATE_INCOMPLETE = 1;
    private static final int STATE_FAILED = 0x20;

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

    /// A message of the kernel: its fixed part and its attributes.
    private record Answer(ByteBuffer fixed, Map<Integer, byte[]> attributes) {

        int number(int attribute) {
            byte[] value = attributes.get(attribute);
            return value == null || value.length < Integer.BYTES
                    ? 0
                    : ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt();
        }
    }

    /// Asks for the way to an address; null where the kernel does not answer.
    @Nullable OwnRoute ask(InetAddress target) {
        if (descriptor < 0) {
            return null;
        }
        byte[] address = target.getAddress();
        byte[] fixed = new byte[12];
        fixed[0] = (byte) family(address);
        fixed[1] = (byte) (address.length * Byte.SIZE);
        ByteBuffer reply = exchange(GET_ROUTE, fixed, address);
        if (reply == null) {
            return null;
        }
        Answer route = read(reply, NEW_ROUTE, 12);
        if (route == null) {
            return new OwnRoute(refusal(reply), null, null, null, null, null);
        }
        byte[] gateway = route.attributes().get(RTA_GATEWAY);
        Kind kind = kind(route.fixed().get(7));
        return withLink(
                kind,
                gateway == null ? null : address(gateway),
                route.number(RTA_OIF),
                gateway == null ? address : gateway);
    }

    private OwnRoute withLink(Kind kind, @Nullable InetAddress gateway, int link, byte[] next) {
        byte[] wanted = new byte[16];
        ByteBuffer.wrap(wanted).order(ByteOrder.nativeOrder()).putInt(4, link);
        ByteBuffer reply = link == 0 ? null : exchange(GET_LINK, wanted, null);
        Answer found = reply == null ? null : read(reply, NEW_LINK, 16);
        if (found == null) {
            return new OwnRoute(kind, gateway, null, null, null, null);
        }
        int flags = found.fixed().getInt(8);
        return new OwnRoute(
                kind,
                gateway,
                text(found.attributes().get(IFLA_IFNAME)),
                neighbour(link, next),
                (flags & IFF_UP) != 0,
                (flags & IFF_LOWER_UP) != 0);
    }

    private @Nullable Neighbour neighbour(int link, byte[] next) {
        byte[] fixed = new byte[12];
        fixed[0] = (byte) family(next);
        ByteBuffer.wrap(fixed).order(ByteOrder.nativeOrder()).putInt(4, link);
        ByteBuffer reply = exchange(GET_NEIGHBOUR, fixed, next);
        Answer found = reply == null ? null : read(reply, NEW_NEIGHBOUR, 12);
        if (found == null) {
            return null;
        }
        return switch (found.fixed().getShort(8)) {
            case STATE_INCOMPLETE -> Neighbour.INCOMPLETE;
            case STATE_FAILED -> Neighbour.FAILED;
            default -> Neighbour.KNOWN;
        };
    }

    /// @param destination attribute 1 of the request, which is the address in each of them
    private @Nullable ByteBuffer exchange(int type, byte[] fixed, byte @Nullable [] destination) {
        ByteBuffer out = memory.asByteBuffer().order(ByteOrder.nativeOrder());
        int attribute = destination == null ? 0 : 4 + destination.length;
        int length = HEADER + fixed.length + attribute;
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
        return got < HEADER
                ? null
                : memory.asSlice(0, got).asByteBuffer().order(ByteOrder.nativeOrder());
    }

    private static @Nullable Answer read(ByteBuffer message, int type, int fixedLength) {
        int length = Math.min(message.getInt(0), message.limit());
        if (message.getShort(4) != type || length < HEADER + fixedLength) {
            return null;
        }
        Map<Integer, byte[]> attributes = new HashMap<>();
        int at = HEADER + fixedLength;
        while (at + 4 <= length) {
            int size = Short.toUnsignedInt(message.getShort(at));
            if (size < 4 || at + size > length) {
                break;
            }
            byte[] value = new byte[size - 4];
            message.get(at + 4, value);
            attributes.put(message.getShort(at + 2) & 0x3fff, value);
            at += size + 3 & -4;
        }
        return new Answer(
                message.slice(HEADER, fixedLength).order(ByteOrder.nativeOrder()), attributes);
    }

    /// A route that says no is answered with its error.
    private static Kind refusal(ByteBuffer message) {
        if (message.getShort(4) != ERROR || message.limit() < HEADER + Integer.BYTES) {
            return Kind.OTHER;
        }
        return switch (Errno.of(-message.getInt(HEADER))) {
            case ENETUNREACH -> Kind.NONE;
            case EHOSTUNREACH -> Kind.UNREACHABLE;
            case EACCES -> Kind.PROHIBIT;
            case EINVAL -> Kind.BLACKHOLE;
            default -> Kind.OTHER;
        };
    }

    private static Kind kind(byte type) {
        return switch (type) {
            case 1 -> Kind.UNICAST;
            case 2 -> Kind.LOCAL;
            case 3 -> Kind.BROADCAST;
            case 6 -> Kind.BLACKHOLE;
            case 7 -> Kind.UNREACHABLE;
            case 8 -> Kind.PROHIBIT;
            default -> Kind.OTHER;
        };
    }

    private static int family(byte[] address) {
        return address.length == 4 ? AF_INET : AF_INET6;
    }

    private static @Nullable InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException _) {
            return null; // a length that no family has
        }
    }

    private static @Nullable String text(byte @Nullable [] name) {
        return name == null || name.length == 0
                ? null
                : new String(Arrays.copyOf(name, name.length - 1), StandardCharsets.UTF_8);
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
