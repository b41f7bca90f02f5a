package dev.sonde.listen.upstream;

import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.kernel.Errno;
import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.engine.LoopTimer;
import dev.sonde.listen.engine.Upstreams;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.transport.AcceptedSocket;
import dev.sonde.listen.transport.Transport;
import dev.sonde.probe.finding.ConnectPace;
import dev.sonde.probe.finding.NameLookup;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.InterfaceGoneException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// The connect to an upstream. Its name is looked up. Each address is judged by the policy and
/// tried in turn. TLS follows if the definition asks for it. Nothing blocks the loop.
///
/// ```
/// Resolving --> Connecting (each address) --> [TLS] --> reported: connected
///     '--------------'------------------------'-------> reported: failed
/// ```
///
/// Confined to its loop's thread. The first end wins.
public final class UpstreamConnect implements ChannelHandler, DeadlineHandler {

    private final ListenEngine engine;
    private final Upstreams upstreams;
    private final Lane lane;
    private final String listener;
    private final Behaviour.Proxy proxy;
    private final Told told;
    private final Queue<InetAddress> untried = new ArrayDeque<>();
    private UpstreamFault latest = UpstreamFault.of("no_address");
    private @Nullable Deadline timeout;
    private @Nullable SocketChannel channel;
    private @Nullable AcceptedSocket socket;
    private @Nullable UpstreamHandshake handshake;
    private boolean isOver;

    /// The owner of the connect.
    public interface Told {

        /// A connect begins.
        void connecting(InetSocketAddress remote);

        /// The connection is open; it is the caller's, and so is its descriptor.
        ///
        /// @param transport the carrier of payload
        void connected(SocketChannel channel, AcceptedSocket socket, Transport transport)
                throws IOException;

        void failed(UpstreamFault why);
    }

    /// @param listener the proxy's name
    public UpstreamConnect(
            ListenEngine engine, Lane lane, String listener, Behaviour.Proxy proxy, Told told) {
        this.engine = engine;
        this.upstreams = engine.upstreams();
        this.lane = lane;
        this.listener = listener;
        this.proxy = proxy;
        this.told = told;
    }

    public void start() {
        timeout = lane.loop().scheduleAt(lane.now() + upstreams.connectTimeout().toNanos(), this);
        try {
            proxy.to()
                    .address()
                    .map(List::of)
                    .map(NameLookup.Answer.Found::new)
                    .ifPresentOrElse(this::resolved, this::lookUp);
        } catch (InterfaceGoneException _) {
            fail(UpstreamFault.of(NotProbedReason.LOCAL_ERROR.label()));
        }
    }

    private void lookUp() {
        upstreams.names().resolve(proxy.to().host(), this::answered);
    }

    /// Gives up; nobody is notified.
    public void cancel() {
        if (end()) {
            closeChannel();
        }
    }

    /// Called on any thread.
    private void answered(NameLookup.Answer answer) {
        lane.loop()
                .execute(
                        Command.of(
                                () -> {
                                    if (!isOver) {
                                        resolved(answer);
                                    }
                                }));
    }

    private void resolved(NameLookup.Answer answer) {
        switch (answer) {
            case NameLookup.Answer.Found(List<InetAddress> addresses) -> {
                upstreams.routes().resolved(listener, proxy.to(), addresses);
                found(addresses);
            }
            case NameLookup.Answer.Unknown(Outcome outcome) ->
                    fail(UpstreamFault.of(outcome.reasonLabel()));
        }
    }

    private void found(List<InetAddress> addresses) {
        untried.addAll(addresses);
        tryNext();
    }

    private void tryNext() {
        for (InetAddress next = untried.poll(); next != null; next = untried.poll()) {
            InetSocketAddress remote = new InetSocketAddress(next, proxy.to().port());
            UpstreamFault refused = judge(remote);
            long waitNanos = refused == null ? upstreams.pace().reserve(next, lane.now()) : 0;
            if (refused != null) {
                latest = refused;
            } else if (waitNanos == ConnectPace.REFUSED) {
                latest = UpstreamFault.of(NotProbedReason.OVERLOADED.label());
            } else if (waitNanos > 0) {
                new LoopTimer(lane.loop(), () -> leave(remote))
                        .setAfter(Duration.ofNanos(waitNanos));
                return;
            } else if (begin(remote)) {
                return;
            }
        }
        fail(latest);
    }

    /// The connect that was paced may leave.
    private void leave(InetSocketAddress remote) {
        if (!isOver && !begin(remote)) {
            tryNext();
        }
    }

    private @Nullable UpstreamFault judge(InetSocketAddress remote) {
        if (!upstreams.policy().decide(remote.getAddress(), remote.getPort()).isAllowed()) {
            return UpstreamFault.of(NotProbedReason.DENIED_BY_POLICY.label());
        }
        return upstreams.routes().isLoop(listener, remote) ? UpstreamFault.of("loop") : null;
    }

    /// @return whether this address is waited for, or is connected
    private boolean begin(InetSocketAddress remote) {
        if (!engine.sockets().descriptors().tryAcquire()) {
            latest = UpstreamFault.of(NotProbedReason.NO_DESCRIPTORS.label());
            return false;
        }
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            socket = new AcceptedSocket(lane, opened);
            opened.configureBlocking(false);
            AcceptedSocket.sendAtOnce(opened);
            told.connecting(remote);
            boolean isConnected = opened.connect(remote) || opened.finishConnect();
            if (!isConnected) {
                lane.loop().register(opened, SelectionKey.OP_CONNECT, this);
                return true;
            }
            return connected(opened);
        } catch (IOException | RuntimeException e) {
            return failedHere(e);
        }
    }

    private boolean failedHere(Exception cause) {
        if (isOver) {
            return true;
        }
        Errno errno = engine.sockets().errors().errnoOf(String.valueOf(cause.getMessage()));
        latest = UpstreamFault.of(errno);
        closeChannel();
        return false;
    }

    private boolean connected(SocketChannel open) throws IOException {
        if (open.getRemoteAddress().equals(open.getLocalAddress())) {
            latest = UpstreamFault.of("refused"); // it has connected to itself
            closeChannel();
            return false;
        }
        AcceptedSocket own = Objects.requireNonNull(socket, "opened before");
        if (proxy.upstreamTls() == null) {
            hand(open, own, own);
            return true;
        }
        own.register(this);
        own.interest(0);
        handshake =
                new UpstreamHandshake(
                        upstreams.tls(), proxy.upstreamTls(), proxy.to(), own, lane, this::wake);
        shake();
        return true;
    }

    private void hand(SocketChannel open, AcceptedSocket own, Transport through)
            throws IOException {
        if (end()) {
            told.connected(open, own, through);
        }
    }

    /// Called on any thread.
    private void wake() {
        lane.loop()
                .execute(
                        Command.of(
                                () -> {
                                    if (!isOver) {
                                        shakeOrFail();
                                    }
                                }));
    }

    private void shakeOrFail() {
        try {
            shake();
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    private void shake() throws IOException {
        UpstreamHandshake own = Objects.requireNonNull(handshake, "no handshake");
        Transport through = own.proceed();
        if (through != null) {
            hand(
                    Objects.requireNonNull(channel, "no channel"),
                    Objects.requireNonNull(socket, "no socket"),
                    through);
        }
    }

    @Override
    public void onReady(int readyOps) throws IOException {
        SocketChannel open = channel;
        if (isOver || open == null) {
            return;
        }
        if (handshake != null) {
            shake();
        } else if (open.finishConnect() && !connected(open)) {
            tryNext();
        }
    }

    @Override
    public void onDeadline(Deadline deadline) {
        timeout = null;
        fail(UpstreamFault.of(channel == null ? "resolve_timed_out" : "timed_out"));
    }

    @Override
    public void onFailure(Exception cause) {
        if (isOver) {
            return;
        }
        if (handshake != null) {
            latest = UpstreamFault.of(handshake.reason(cause));
            fail(latest);
        } else {
            failedHere(cause);
            tryNext();
        }
    }

    @Override
    public void onLoopClosed() {
        cancel();
    }

    private void fail(UpstreamFault why) {
        if (end()) {
            closeChannel();
            told.failed(why);
        }
    }

    private boolean end() {
        if (isOver) {
            return false;
        }
        isOver = true;
        if (timeout != null) {
            lane.loop().cancel(timeout);
            timeout = null;
        }
        return true;
    }

    private void closeChannel() {
        if (channel != null) {
            lane.end(channel, CloseMode.RST);
            engine.sockets().descriptors().release();
            channel = null;
        }
    }
}
