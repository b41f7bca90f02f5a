package dev.sonde.listen.port;

import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.kernel.Errno;
import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.policy.BindDecision;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.InterfaceGoneException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import org.jspecify.annotations.Nullable;

/// Opens listening sockets completely or not at all.
public final class PortOpening {

    /// The receive buffer of a stalling listener. The kernel doubles it and keeps half for its own
    /// overhead.
    public static final int STALL_BUFFER_BYTES = 4_096;

    private final ListenEngine engine;
    private final Lane lane;

    public PortOpening(ListenEngine engine, Lane lane) {
        this.engine = engine;
        this.lane = lane;
    }

    /// Binds and listens, which is one step in Java; accepts nothing yet.
    ///
    /// @param first the behaviour that the first connections meet
    /// @throws ListenerException with nothing left open
    public Port open(ListenerSpec spec, Behaviour first, ChannelHandler handler) {
        InetSocketAddress bind = here(spec.bind());
        requireAllowed(engine, bind);
        if (!engine.sockets().descriptors().tryAcquire()) {
            throw noDescriptors();
        }
        @Nullable ServerSocketChannel channel = null;
        try {
            channel = channelFor(bind.getAddress());
            InetSocketAddress address = listen(channel, bind, spec, first);
            requireAllowed(engine, address);
            SelectionKey key = lane.loop().register(channel, 0, handler);
            return new Port(channel, key, address, lane.kernel().sendAtOnce(channel));
        } catch (IOException | RuntimeException e) {
            abandon(channel);
            throw e instanceof ListenerException known ? known : problem(bind, e);
        }
    }

    /// The JDK binds `0.0.0.0` to both families unless the socket is IPv4 only.
    private static ServerSocketChannel channelFor(InetAddress address) throws IOException {
        return address instanceof Inet4Address && address.isAnyLocalAddress()
                ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                : ServerSocketChannel.open();
    }

    private InetSocketAddress listen(
            ServerSocketChannel channel, InetSocketAddress bind, ListenerSpec spec, Behaviour first)
            throws IOException {
        channel.configureBlocking(false);
        if (spec.stalls()) {
            // Inherited, and it decides the window scale of the handshake: set before bind.
            channel.setOption(StandardSocketOptions.SO_RCVBUF, STALL_BUFFER_BYTES);
        }
        PortBehaviour.prepare(channel, first, lane);
        channel.bind(bind, spec.backlog());
        return (InetSocketAddress) channel.getLocalAddress();
    }

    private void abandon(@Nullable ServerSocketChannel channel) {
        if (channel != null) {
            lane.loop().close(channel);
        }
        engine.sockets().descriptors().release();
    }

    /// The address to bind, with its interface as it is now.
    ///
    /// @throws ListenerException where this host has no such interface
    public static InetSocketAddress here(InetSocketAddress bind) {
        try {
            return AddressText.here(bind);
        } catch (InterfaceGoneException e) {
            throw new ListenerException(
                    ListenerProblem.ADDRESS_NOT_AVAILABLE, AddressText.of(bind), e.sentence());
        }
    }

    /// Asks the policy.
    ///
    /// @throws ListenerException where it forbids the address
    public static void requireAllowed(ListenEngine engine, InetSocketAddress address) {
        BindDecision decision =
                engine.sockets().policy().decide(address.getAddress(), address.getPort());
        if (!decision.isAllowed()) {
            String text = AddressText.of(address);
            throw new ListenerException(
                    ListenerProblem.DENIED_BY_POLICY, text, text + ": " + decision.explanation());
        }
    }

    static ListenerException noDescriptors() {
        return new ListenerException(
                ListenerProblem.NO_DESCRIPTORS,
                "no file descriptor is free for it; close something or raise"
                        + " sonde.engine.descriptors");
    }

    private ListenerException problem(InetSocketAddress bind, Exception cause) {
        Errno errno =
                cause instanceof UnsupportedAddressTypeException
                        ? Errno.EAFNOSUPPORT // the JDK found no IPv6 on this host when it started
                        : engine.sockets().errors().errnoOf(String.valueOf(cause.getMessage()));
        return switch (errno) {
            case EADDRINUSE ->
                    new ListenerException(
                            ListenerProblem.ADDRESS_IN_USE,
                            bind.getPort() == 0
                                    ? errno + ": no port of this host is free"
                                    : errno
                                            + ": something listens on "
                                            + AddressText.of(bind)
                                            + " already");
            case EAFNOSUPPORT ->
                    new ListenerException(
                            ListenerProblem.ADDRESS_NOT_AVAILABLE,
                            errno + ": this host has no IPv6");
            case EADDRNOTAVAIL, EINVAL, ENODEV, ENXIO ->
                    new ListenerException(
                            ListenerProblem.ADDRESS_NOT_AVAILABLE,
                            errno + ": the address is not one of this host's");
            case EACCES, EPERM ->
                    new ListenerException(
                            ListenerProblem.NO_PERMISSION,
                            errno + ": this process may not bind port " + bind.getPort());
            case EMFILE, ENFILE, ENOBUFS, ENOMEM -> noDescriptors();
            default ->
                    new ListenerException(
                            ListenerProblem.LOCAL_ERROR, errno + ": an error of this host");
        };
    }
}
