package dev.sonde.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.Channel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The calls by which one thread reads and sets its sockets in the kernel.
///
/// Belongs to the first thread that calls it, which also closes the channels. Every call reuses one
/// piece of native memory, so make one per event loop. A call costs about half a microsecond and
/// never blocks.
///
/// Nothing here throws because of the host or the socket. Without the feature, on a closed channel
/// or after a refusal of the kernel the answer is absent: `null`, empty or `false`.
public final class KernelSockets {

    static final long SIOCOUTQ = 0x5411;
    static final long SIOCOUTQNSD = 0x894B;

    /// `SO_MEMINFO` is nine words (`SK_MEMINFO_VARS`); the last one counts drops.
    static final int MEMINFO_BYTES = 9 * Integer.BYTES;

    private static final int MEMINFO_DROPS = 8 * Integer.BYTES;

    private final KernelFeatures features;
    private final SocketCalls calls = new SocketCalls();
    private final ErrorQueue errors = new ErrorQueue(calls);
    private final KnownAddresses known = new KnownAddresses();
    private final DirectAccept direct = new DirectAccept(calls, known);
    private final TcpInfo glance = TcpInfo.ofGlances(TcpInfo.CONNECT_BYTES);
    private @Nullable Thread owner;

    public KernelSockets(KernelFeatures features) {
        this.features = features;
    }

    /// All kernel data of a connection; about 290 bytes of heap.
    public @Nullable TcpInfo tcpInfo(SocketChannel channel) {
        return tcpInfo(channel, TcpInfo.WHOLE_BYTES);
    }

    /// The part of [#tcpInfo] for the verdict on a connect, up to and with [TcpInfo#minRttMicros].
    /// It takes about 180 bytes of heap. The fields after it are absent.
    ///
    /// To be read at OP_CONNECT, before [#takeError] and `finishConnect`: a `finishConnect` that
    /// fails closes the channel.
    public @Nullable TcpInfo connectInfo(SocketChannel channel) {
        return tcpInfo(channel, TcpInfo.CONNECT_BYTES);
    }

    /// The same as [#connectInfo] without heap of its own: valid until the next glance.
    public @Nullable TcpInfo connectGlance(SocketChannel channel) {
        int length =
                calls.get(
                        descriptor(KernelFeature.TCP_INFO, channel),
                        SocketOption.TCP_INFO,
                        TcpInfo.CONNECT_BYTES);
        return glance.read(calls.value(), length);
    }

    @Nullable TcpInfo tcpInfo(SocketChannel channel, int bytes) {
        int length =
                calls.get(
                        descriptor(KernelFeature.TCP_INFO, channel), SocketOption.TCP_INFO, bytes);
        return TcpInfo.copyOf(calls.value(), length);
    }

    /// Takes the pending error, which clears it (`SO_ERROR`).
    ///
    /// After an error was taken, `finishConnect` must not be called: it may then answer `true` on a
    /// socket that is not connected. [Errno#NO_ERROR] with [TcpState#SYN_SENT] means that the
    /// connect is still pending. [#pollError] comes first, since it clears this one too.
    public @Nullable Errno takeError(SocketChannel channel) {
        int length =
                calls.get(
                        descriptor(KernelFeature.SOCKET_ERROR, channel),
                        SocketOption.SO_ERROR,
                        Integer.BYTES);
        return length < 0 ? null : Errno.of(calls.value().get(JAVA_INT, 0));
    }

    /// The local address. It exists also for a connect that failed after an answer, where the
    /// channel itself does not know it.
    public @Nullable InetSocketAddress localAddress(SocketChannel channel) {
        int length = calls.name(descriptor(KernelFeature.LOCAL_ADDRESS, channel));
        return length < 0 ? null : known.at(calls.value());
    }

    /// Has the kernel queue the errors that end a connect to an address, with their ICMP messages.
    /// The option is `IP_RECVERR` for an IPv4 address and `IPV6_RECVERR` for an IPv6 one.
    ///
    /// The option is only for the connect. On an established connection it makes ICMP errors fatal,
    /// so turn it off if the connection is kept.
    ///
    /// @return whether the kernel accepted the option
    public boolean queueErrors(NetworkChannel channel, InetAddress remote, boolean on) {
        int descriptor = descriptor(KernelFeature.ERROR_QUEUE, channel);
        return calls.set(descriptor, errorQueueOf(remote), on ? 1 : 0) == 0;
    }

    /// Bounds how many routers pass a socket's packets on (`IP_TTL`, `IPV6_UNICAST_HOPS`).
    ///
    /// @param hops 1 to 255
    /// @return whether the kernel accepted the option
    public boolean setHopLimit(SocketChannel channel, InetAddress remote, int hops) {
        SocketOption option =
                remote instanceof Inet4Address
                        ? SocketOption.IP_TTL
                        : SocketOption.IPV6_UNICAST_HOPS;
        return calls.set(descriptor(KernelFeature.ERROR_QUEUE, channel), option, hops) == 0;
    }

    /// Bounds the payload of a segment in both directions (`TCP_MAXSEG`), before the connect.
    ///
    /// @param bytes 88 to 32,767
    /// @return whether the kernel accepted the option
    public boolean setSegmentBytes(SocketChannel channel, int bytes) {
        return calls.set(
                        descriptor(KernelFeature.ERROR_QUEUE, channel),
                        SocketOption.TCP_MAXSEG,
                        bytes)
                == 0;
    }

    /// The way of this host to an address, as its routes, neighbours and links are now. Takes up to
    /// 200 microseconds.
    ///
    /// @return null where the kernel does not answer
    public @Nullable OwnRoute ownRoute(InetAddress target) {
        assertOwner();
        if (!features.has(KernelFeature.ERROR_QUEUE)) {
            return null;
        }
        try (RouteSocket asking = new RouteSocket()) {
            return new RouteQuestion(asking).ask(target);
        }
    }

    /// Takes the oldest queued error, which clears the pending error too.
    ///
    /// The entry is the verdict on a connect, independent of [TcpInfo#state]. A message that came
    /// during `connect`, such as one of the own firewall, leaves SYN_SENT and a pending error. The
    /// kernel would then repeat the SYN. While an entry waits, a selector reports the channel as
    /// ready without end.
    ///
    /// @return `null` if there is none, or the host has no such queue
    public @Nullable QueuedError pollError(NetworkChannel channel) {
        return errors.poll(descriptor(KernelFeature.ERROR_QUEUE, channel));
    }

    /// Bytes written that the peer has not acknowledged, sent or not (`SIOCOUTQ`).
    public OptionalInt unacknowledgedBytes(SocketChannel channel) {
        return present(calls.number(descriptor(KernelFeature.SEND_QUEUE, channel), SIOCOUTQ));
    }

    /// Bytes written that have not left this host once (`SIOCOUTQNSD`).
    public OptionalInt unsentBytes(SocketChannel channel) {
        return present(calls.number(descriptor(KernelFeature.UNSENT_QUEUE, channel), SIOCOUTQNSD));
    }

    /// The accept queue of a listening socket; absent before it listens.
    public @Nullable AcceptQueue acceptQueue(ServerSocketChannel listener) {
        int descriptor = descriptor(KernelFeature.ACCEPT_QUEUE, listener);
        int length = calls.get(descriptor, SocketOption.TCP_INFO, TcpInfo.OLDEST_BYTES);
        TcpInfo info = TcpInfo.copyOf(calls.value(), length);
        // Of a listening socket the kernel puts the queue into two fields that are idle then.
        return info == null || info.state() != TcpState.LISTEN
                ? null
                : new AcceptQueue(info.unacked(), info.sacked());
    }

    /// Handshakes and packets that this listener dropped since it was opened, mostly because its
    /// accept queue was full. The number wraps at 2^32. Unlike `ListenDrops` of the network
    /// namespace, it counts only this listener.
    public OptionalLong drops(ServerSocketChannel listener) {
        return dropsOf(listener);
    }

    /// Segments that this socket dropped, wraps at 2^32. While its connect is pending these are
    /// RSTs that acknowledge nothing.
    public OptionalLong drops(SocketChannel channel) {
        return dropsOf(channel);
    }

    private OptionalLong dropsOf(Channel socket) {
        int descriptor = descriptor(KernelFeature.LISTENER_DROPS, socket);
        int length = calls.get(descriptor, SocketOption.SO_MEMINFO, MEMINFO_BYTES);
        return length < MEMINFO_BYTES
                ? OptionalLong.empty()
                : OptionalLong.of(
                        Integer.toUnsignedLong(calls.value().get(JAVA_INT, MEMINFO_DROPS)));
    }

    /// Bounds how long data may stay unacknowledged, or a connect unanswered, before the kernel
    /// gives up with ETIMEDOUT (RFC 5482). Accepted connections inherit it from their listener. The
    /// timeout also ends a connection whose living peer takes nothing (zero window).
    ///
    /// @param timeout in whole milliseconds, up to 24 days; zero is the system's default
    /// @return whether the kernel took it
    public boolean setUserTimeout(NetworkChannel channel, Duration timeout) {
        int millis = Math.clamp(timeout.toMillis(), -1, Integer.MAX_VALUE);
        return calls.set(
                        descriptor(KernelFeature.USER_TIMEOUT, channel),
                        SocketOption.TCP_USER_TIMEOUT,
                        millis)
                == 0;
    }

    /// Has the close of a connection send a RST instead of a FIN (`SO_LINGER`).
    ///
    /// @return whether the kernel accepted the option
    public boolean resetOnClose(SocketChannel channel) {
        return calls.setPair(
                        descriptor(KernelFeature.SOCKET_ERROR, channel),
                        SocketOption.SO_LINGER,
                        1,
                        0)
                == 0;
    }

    /// Whether the kernel knows that nothing has come yet, neither bytes nor an end (`poll`). It
    /// takes nothing away.
    public boolean isSilent(SocketChannel channel) {
        return calls.pollInput(descriptor(KernelFeature.SOCKET_ERROR, channel)) == 0;
    }

    /// Accepts without a channel; absent where this host does not allow that.
    public @Nullable DirectAccept direct() {
        assertOwner();
        return features.has(KernelFeature.LOCAL_ADDRESS) && !direct.isDenied() ? direct : null;
    }

    /// Bounds how often the kernel repeats an unanswered SYN before it gives up with ETIMEDOUT.
    /// With linear timeouts (Linux 6.5) it may repeat it more often in the same time.
    ///
    /// @param retries 1..127
    /// @return whether the kernel took it
    public boolean setSynRetries(SocketChannel channel, int retries) {
        return calls.set(
                        descriptor(KernelFeature.SYN_RETRIES, channel),
                        SocketOption.TCP_SYNCNT,
                        retries)
                == 0;
    }

    /// Has the connections of a listening socket send at once (`TCP_NODELAY`): they inherit it.
    ///
    /// @return whether the kernel accepted the option
    public boolean sendAtOnce(ServerSocketChannel listener) {
        return calls.set(
                        descriptor(KernelFeature.SOCKET_ERROR, listener),
                        SocketOption.TCP_NODELAY,
                        1)
                == 0;
    }

    /// Has a listening socket drop every segment but SYNs (`SO_ATTACH_FILTER`), or no longer. The
    /// kernel then answers a SYN and repeats its answer. The client is connected, and nothing that
    /// the client sends is acknowledged. Accepted connections are not affected. A waiting handshake
    /// continues when the filter is removed.
    ///
    /// @return whether the kernel accepted the filter
    public boolean withholdHandshakes(ServerSocketChannel listener, boolean on) {
        return withhold(calls, descriptor(KernelFeature.HANDSHAKE_FILTER, listener), on) == 0;
    }

    /// Stops or starts listening while this process keeps the port. Meanwhile SYNs are answered
    /// with a RST. Connections in the accept queue are reset.
    ///
    /// @return whether the kernel accepted the call
    public boolean refuseConnections(ServerSocketChannel listener, boolean on, int backlog) {
        int descriptor = descriptor(KernelFeature.LOCAL_ADDRESS, listener);
        return (on ? calls.stopListening(descriptor) : calls.listen(descriptor, backlog)) == 0;
    }

    static int withhold(SocketCalls calls, int descriptor, boolean on) {
        return on
                ? calls.set(
                        descriptor,
                        SocketOption.SO_ATTACH_FILTER,
                        SynFilter.program(),
                        SynFilter.BYTES)
                : calls.set(descriptor, SocketOption.SO_DETACH_FILTER, 0);
    }

    static SocketOption errorQueueOf(InetAddress remote) {
        return remote instanceof Inet4Address ? SocketOption.IP_RECVERR : SocketOption.IPV6_RECVERR;
    }

    private int descriptor(KernelFeature feature, Channel channel) {
        assertOwner();
        return features.has(feature) ? Descriptors.of(channel) : Descriptors.NONE;
    }

    private void assertOwner() {
        Thread caller = Thread.currentThread();
        if (owner == null) {
            owner = caller;
        } else if (!owner.equals(caller)) {
            throw new IllegalStateException(
                    "belongs to " + owner.getName() + ", called by " + caller.getName());
        }
    }

    private static OptionalInt present(int answer) {
        return answer < 0 ? OptionalInt.empty() : OptionalInt.of(answer);
    }
}
