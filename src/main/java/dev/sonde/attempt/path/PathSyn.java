package dev.sonde.attempt.path;

import dev.sonde.attempt.admission.AdmissionTicket;
import dev.sonde.attempt.connect.ConnectErrors;
import dev.sonde.lane.Lane;
import dev.sonde.lane.ResetOnClose;
import dev.sonde.attempt.connect.SourceRefusal;
import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.Handler;
import dev.sonde.kernel.Errno;
import dev.sonde.kernel.QueuedError;
import dev.sonde.kernel.QueuedError.Version;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.kernel.TcpState;
import dev.sonde.policy.Decision;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.SourceAddress;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// One SYN of a path, from the policy's word to its answer. Single use, confined to its loop's
/// thread.
///
/// The socket is closed before the kernel would repeat the SYN, so it costs one packet.
final class PathSyn implements Handler {

    /// The kernel repeats a SYN after a second (RFC 6298).
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(950);

    private static final int TIME_EXCEEDED_V4 = 11;
    private static final int TIME_EXCEEDED_V6 = 3;

    final int ttl;
    private final Lane lane;
    private final PathOrder order;
    private final PathEntry entry;
    private final AdmissionTicket ticket;
    private final Consumer<PathAnswer> whenAnswered;
    private final long lastNanos;
    private @Nullable SocketChannel channel;
    private @Nullable Deadline deadline;
    private long sentNanos;
    private boolean isDone;

    /// @param lastNanos end of the whole path
    PathSyn(int ttl, Lane lane, Way way, long lastNanos, Consumer<PathAnswer> whenAnswered) {
        this.ttl = ttl;
        this.lane = lane;
        this.order = way.order();
        this.entry = way.entry();
        this.lastNanos = lastNanos;
        this.whenAnswered = whenAnswered;
        this.ticket =
                way.entry()
                        .ticket(
                                () ->
                                        lane.loop()
                                                .execute(
                                                        Command.of(
                                                                this::sendWithSlot,
                                                                this::endWithSlot)));
    }

    /// The target of the path and the way into the engine.
    record Way(PathOrder order, PathEntry entry) {}

    void begin() {
        Decision decision = entry.decide();
        if (!decision.isAllowed()) {
            answer(new PathAnswer.NotSent(decision.explanation()));
            return;
        }
        goOn(ticket.begin(order.remote().getAddress(), lane.loop().ticker().read()));
    }

    boolean isSent() {
        return channel != null;
    }

    private void goOn(AdmissionTicket.Answer answer) {
        switch (answer) {
            case AdmissionTicket.Answer.Granted _ -> send();
            case AdmissionTicket.Answer.Waits(long untilNanos) ->
                    scheduleAt(Math.min(untilNanos, lastNanos));
            case AdmissionTicket.Answer.Refused(String why) -> answer(new PathAnswer.NotSent(why));
        }
    }

    /// The slot has come. This SYN may be gone by then.
    private void sendWithSlot() {
        if (ticket.take()) {
            cancelDeadline();
            send();
        }
    }

    private void endWithSlot() {
        if (ticket.take()) {
            end();
        }
    }

    private void send() {
        try {
            SocketChannel opened = SocketChannel.open();
            channel = opened;
            SourceAddress source = order.source();
            SourceRefusal refused =
                    source == null ? null : SourceRefusal.bind(opened, source, order.errors());
            if (refused != null) {
                notSent(refused.outcome());
                return;
            }
            opened.configureBlocking(false);
            if (order.isHalfOpen()) {
                opened.setOption(ExtendedSocketOptions.TCP_QUICKACK, false);
            }
            if (!lane.kernel().setHopLimit(opened, order.remote().getAddress(), ttl)
                    || !lane.kernel().queueErrors(opened, order.remote().getAddress(), true)) {
                answer(new PathAnswer.NotSent("this host cannot set a TTL or report its answer"));
                return;
            }
            var _ = lane.loop().register(opened, SelectionKey.OP_CONNECT, this);
            connect(opened);
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    private void connect(SocketChannel opened) throws IOException {
        sentNanos = lane.loop().ticker().read();
        scheduleAt(Math.min(sentNanos + MOST_NANOS, Math.max(lastNanos, sentNanos)));
        if (opened.connect(order.remote())) {
            answer(new PathAnswer.OfTarget(false, micros(opened)));
        }
    }

    @Override
    public void onReady(int readyOps) {
        SocketChannel asked = channel;
        if (isDone || asked == null) {
            return;
        }
        PathAnswer found = ask(asked);
        if (found != null) {
            answer(found);
        }
    }

    private @Nullable PathAnswer ask(SocketChannel asked) {
        TcpInfo info = lane.kernel().connectInfo(asked);
        TcpState state = info == null ? TcpState.SYN_SENT : info.state();
        if (state != TcpState.SYN_SENT && state != TcpState.CLOSE) {
            return new PathAnswer.OfTarget(false, micros(asked));
        }
        QueuedError queued = lane.kernel().pollError(asked);
        if (queued instanceof QueuedError.Icmp icmp) {
            return isExpired(icmp)
                    ? new PathAnswer.Expired(icmp, elapsedMicros())
                    : new PathAnswer.Rejected(icmp, elapsedMicros());
        }
        Errno errno = queued == null ? lane.kernel().takeError(asked) : queued.errno();
        if (errno == null || errno == Errno.NO_ERROR) {
            return null;
        }
        return ofError(errno);
    }

    private PathAnswer ofError(Errno errno) {
        return errno == Errno.ECONNREFUSED || errno.isReset()
                ? new PathAnswer.OfTarget(true, elapsedMicros())
                : new PathAnswer.NotSent(detail(ConnectErrors.ofStart(errno, order.remote())));
    }

    private static boolean isExpired(QueuedError.Icmp icmp) {
        int type = icmp.version() == Version.V4 ? TIME_EXCEEDED_V4 : TIME_EXCEEDED_V6;
        return icmp.type() == type && icmp.code() == 0;
    }

    /// The kernel's own round trip where it has one.
    private long micros(SocketChannel asked) {
        TcpInfo info = lane.kernel().connectInfo(asked);
        Long rtt = info == null ? null : info.rttMicros();
        return rtt == null || rtt == 0 ? elapsedMicros() : rtt;
    }

    private long elapsedMicros() {
        return Math.max(0, (lane.loop().ticker().read() - sentNanos) / 1_000);
    }

    private void notSent(Outcome outcome) {
        answer(new PathAnswer.NotSent(detail(outcome)));
    }

    private static String detail(Outcome outcome) {
        String detail = outcome.detail();
        return detail == null ? outcome.reasonLabel() : detail;
    }

    @Override
    public void onDeadline(Deadline passed) {
        deadline = null;
        if (isSent()) {
            onReady(0);
            answer(PathAnswer.SILENT);
        } else if (lane.loop().ticker().read() - lastNanos >= 0) {
            answer(new PathAnswer.NotSent("the limits of sonde.engine left no room in time"));
        } else {
            goOn(ticket.goOn(lane.loop().ticker().read()));
        }
    }

    @Override
    public void onFailure(Exception cause) {
        answer(ofError(order.errors().errnoOf(cause, 0)));
    }

    @Override
    public void onLoopClosed() {
        end();
    }

    private void answer(PathAnswer found) {
        if (!isDone) {
            end();
            whenAnswered.accept(found);
        }
    }

    /// The one place where it ends; nothing is reported.
    void end() {
        if (isDone) {
            return;
        }
        isDone = true;
        cancelDeadline();
        if (channel != null) {
            if (order.isReset() && channel.isOpen()) {
                ResetOnClose.set(channel);
            }
            lane.loop().close(channel);
        }
        ticket.leave();
    }

    private void scheduleAt(long atNanos) {
        cancelDeadline();
        deadline = lane.loop().scheduleAt(atNanos, this);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            lane.loop().cancel(deadline);
            deadline = null;
        }
    }
}
