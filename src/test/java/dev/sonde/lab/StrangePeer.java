package dev.sonde.lab;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A host that answers SYNs to one of its addresses with packets that no well-behaved one sends,
/// written byte by byte.
///
/// The SYN's port says which: below 0x7000 it is the ICMP type times 256 plus the code. Its own
/// kernel's RSTs have to be dropped by a filter.
public final class StrangePeer implements AutoCloseable {

    /// The port whose SYNs are answered with a SYN-ACK of something else.
    public static final int WRONG_ACK = 0x7001;

    /// The port whose SYNs are answered with a RST that acknowledges nothing.
    public static final int BARE_RST = 0x7002;

    /// The port whose SYNs are answered as a tarpit answers them, with a window of zero.
    public static final int TARPIT = 0x7003;

    /// The port whose SYNs are too big from the first repetition on: ICMP 3/4.
    public static final int TOO_BIG = 0x304;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int TCP = 6;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;
    private static final int SYN = 2;
    private static final int SYN_ACK = 18;
    private static final int RST = 4;

    /// Below the MTU of the lab's link.
    private static final int NEXT_MTU = 600;

    /// IPv6 has no smaller one (RFC 8200 section 5).
    private static final int NEXT_MTU_V6 = 1_280;

    private final InetAddress own;
    private final InetAddress client;
    private final boolean isIpv4;
    private final int received;
    private final int icmp;
    private final Thread thread;
    private volatile boolean isOver;

    /// The port of the latest SYN to [#TOO_BIG]. Of the thread.
    private int tooBigFrom;

    private StrangePeer(InetAddress own, InetAddress client) throws IOException {
        this.own = own;
        this.client = client;
        this.isIpv4 = own instanceof Inet4Address;
        int family = isIpv4 ? AF_INET : AF_INET6;
        this.received = Posix.rawSocket(family, TCP);
        this.icmp = Posix.rawSocket(family, isIpv4 ? ICMP : ICMPV6);
        try (Arena arena = Arena.ofConfined()) {
            Posix.bind(received, socketAddress(arena, own));
        }
        this.thread = Thread.ofPlatform().daemon().name("strange-peer").start(this::run);
    }

    /// Starts one.
    ///
    /// @param own one of the namespace's addresses
    public static StrangePeer in(Namespace namespace, String own, String client)
            throws IOException {
        return namespace.call(
                () -> new StrangePeer(InetAddress.ofLiteral(own), InetAddress.ofLiteral(client)));
    }

    private void run() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment into = arena.allocate(2_048);
            MemorySegment polled = arena.allocate(8, 8);
            MemorySegment timeout = arena.allocate(16, 8);
            timeout.set(JAVA_LONG, 8, 50_000_000);
            while (!isOver) {
                polled.set(JAVA_INT, 0, received);
                polled.set(JAVA_INT, 4, 1);
                if (Posix.ppoll(polled, timeout) > 0) {
                    int length = Posix.read(received, into);
                    answer(into.asSlice(0, length).toArray(JAVA_BYTE));
                }
            }
            Posix.close(received);
            Posix.close(icmp);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(byte[] packet) throws IOException {
        int header = isIpv4 ? (packet[0] & 0xF) * 4 : 0;
        ByteBuffer tcp = ByteBuffer.wrap(packet, header, packet.length - header).slice();
        int port = Short.toUnsignedInt(tcp.getShort(2));
        if ((tcp.get(13) & 0x3F) != SYN) {
            return;
        }
        switch (port) {
            case WRONG_ACK -> send(received, segment(tcp, SYN_ACK));
            case BARE_RST -> send(received, segment(tcp, RST));
            case TARPIT -> send(received, segment(tcp, SYN_ACK, 1, 0));
            default -> {
                if (port < WRONG_ACK && (port != TOO_BIG || isRepeated(tcp))) {
                    send(icmp, icmp(port, isIpv4 ? packet : withHeader(tcp)));
                }
            }
        }
    }

    /// On a busy machine a message would come before the client's first look at its socket, which
    /// no real router is fast enough for.
    private boolean isRepeated(ByteBuffer syn) {
        int before = tooBigFrom;
        tooBigFrom = syn.getShort(0);
        return before == tooBigFrom;
    }

    /// A segment whose acknowledgement belongs to another connection.
    private byte[] segment(ByteBuffer syn, int flags) {
        return segment(syn, flags, 1_000_000, 1_000);
    }

    private byte[] segment(ByteBuffer syn, int flags, int ahead, int window) {
        ByteBuffer segment = ByteBuffer.allocate(20);
        segment.putShort(syn.getShort(2)).putShort(syn.getShort(0));
        segment.putInt(77).putInt(syn.getInt(4) + ahead);
        segment.put((byte) 0x50).put((byte) flags).putShort((short) window);
        segment.putShort(16, checksum(segment.array(), this::pseudoHeader));
        return segment.array();
    }

    private void pseudoHeader(ByteBuffer sum, Integer length) {
        sum.put(own.getAddress()).put(client.getAddress()).putInt(TCP).putInt(length);
    }

    private byte[] icmp(int port, byte[] original) {
        ByteBuffer message = ByteBuffer.allocate(8 + original.length);
        message.put((byte) (port >> 8)).put((byte) port).putShort((short) 0);
        message.putInt(isIpv4 ? NEXT_MTU : NEXT_MTU_V6).put(original);
        if (isIpv4) {
            message.putShort(2, checksum(message.array(), null));
        }
        return message.array();
    }

    /// IPv6 hands a raw socket the segment without its header.
    private byte[] withHeader(ByteBuffer tcp) {
        ByteBuffer packet = ByteBuffer.allocate(40 + tcp.capacity());
        packet.putInt(0x6000_0000).putShort((short) tcp.capacity()).put((byte) TCP).put((byte) 64);
        packet.put(client.getAddress()).put(own.getAddress()).put(tcp.duplicate().rewind());
        return packet.array();
    }

    private static short checksum(
            byte[] bytes, @Nullable BiConsumer<ByteBuffer, Integer> pseudoHeader) {
        ByteBuffer all = ByteBuffer.allocate(bytes.length + 41);
        if (pseudoHeader != null) {
            pseudoHeader.accept(all, bytes.length);
        }
        all.put(bytes);
        int end = all.position() + 1 & -2;
        int sum = 0;
        for (int at = 0; at < end; at += 2) {
            sum += Short.toUnsignedInt(all.getShort(at));
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return (short) ~(sum + (sum >>> 16));
    }

    private void send(int descriptor, byte[] packet) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            Posix.sendTo(
                    descriptor,
                    arena.allocateFrom(JAVA_BYTE, packet),
                    socketAddress(arena, client));
        }
    }

    private static MemorySegment socketAddress(Arena arena, InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean isIpv4 = bytes.length == 4;
        ByteBuffer sockaddr = ByteBuffer.allocate(isIpv4 ? 16 : 28).order(ByteOrder.nativeOrder());
        sockaddr.putShort((short) (isIpv4 ? AF_INET : AF_INET6));
        sockaddr.position(isIpv4 ? 4 : 8).put(bytes);
        return arena.allocateFrom(JAVA_BYTE, sockaddr.array());
    }

    @Override
    public void close() {
        isOver = true;
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
