package dev.sonde.kernel;

import dev.sonde.kernel.OwnRoute.Kind;
import dev.sonde.kernel.OwnRoute.Neighbour;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The question for the way of this host to an address: its route, its link and its neighbour. For
/// one thread.
final class RouteQuestion {

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int ERROR = 2;
    private static final int NEW_LINK = 16;
    private static final int GET_LINK = 18;
    private static final int NEW_NEIGHBOUR = 28;
    private static final int GET_NEIGHBOUR = 30;
    private static final int NEW_ROUTE = 24;
    private static final int GET_ROUTE = 26;
    private static final int RTA_OIF = 4;
    private static final int RTA_GATEWAY = 5;
    private static final int IFLA_IFNAME = 3;
    private static final int IFF_UP = 1;
    private static final int IFF_LOWER_UP = 0x10000;
    private static final int STATE_INCOMPLETE = 1;
    private static final int STATE_FAILED = 0x20;

    private final RouteSocket socket;

    RouteQuestion(RouteSocket socket) {
        this.socket = socket;
    }

    /// Asks for the way to an address; null where the kernel does not answer.
    @Nullable OwnRoute ask(InetAddress target) {
        byte[] address = target.getAddress();
        byte[] fixed = new byte[12];
        fixed[0] = (byte) family(address);
        fixed[1] = (byte) (address.length * Byte.SIZE);
        ByteBuffer reply = socket.exchange(GET_ROUTE, fixed, address);
        if (reply == null) {
            return null;
        }
        RouteMessage route = RouteMessage.read(reply, NEW_ROUTE, 12);
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
        ByteBuffer reply = link == 0 ? null : socket.exchange(GET_LINK, wanted, null);
        RouteMessage found = reply == null ? null : RouteMessage.read(reply, NEW_LINK, 16);
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
        ByteBuffer reply = socket.exchange(GET_NEIGHBOUR, fixed, next);
        RouteMessage found = reply == null ? null : RouteMessage.read(reply, NEW_NEIGHBOUR, 12);
        if (found == null) {
            return null;
        }
        return switch (found.fixed().getShort(8)) {
            case STATE_INCOMPLETE -> Neighbour.INCOMPLETE;
            case STATE_FAILED -> Neighbour.FAILED;
            default -> Neighbour.KNOWN;
        };
    }

    /// A route that says no is answered with its error.
    private static Kind refusal(ByteBuffer message) {
        if (message.getShort(4) != ERROR || message.limit() < RouteMessage.HEADER + Integer.BYTES) {
            return Kind.OTHER;
        }
        return switch (Errno.of(-message.getInt(RouteMessage.HEADER))) {
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
}
