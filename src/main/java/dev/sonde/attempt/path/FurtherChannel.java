package dev.sonde.attempt.path;

import dev.sonde.attempt.admission.AdmissionTicket;
import dev.sonde.attempt.connect.SourceRefusal;
import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.lane.Lane;
import dev.sonde.policy.Decision;
import dev.sonde.probe.finding.Outcome;
import java.io.IOException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/// A channel of a question beyond a run: the policy's decision, both rates and a slot come before
/// its first packet. Single use, confined to its loop's thread.
///
/// @param <C> kind of the channel
abstract class FurtherChannel<C extends SelectableChannel & NetworkChannel>
        implements ChannelHandler, DeadlineHandler {

    final Lane lane;
    final PathOrder order;
    private final PathEntry entry;
    private final AdmissionTicket ticket;
    final long lastNanos;
    private @Nullable C channel;
    private @Nullable Deadline deadline;
    private boolean isDone;

    /// The target and the way into the engine.
    record Way(PathOrder order, PathEntry entry) {}

    /// @param lastNanos end of the whole question
    FurtherChannel(Lane lane, Way way, long lastNanos) {
        this.lane = lane;
        this.order = way.order();
        this.entry = way.entry();
        this.lastNanos = lastNanos;
        this.ticket =
                entry.ticket(
                        () -> lane.loop().execute(Command.of(this::slotArrived, this::slotLost)));
    }

    /// Opens the channel, which is not bound yet.
    abstract C open() throws IOException;

    /// Sends its first packet.
    abstract void send(C opened) throws IOException;

    /// The channel is about to be closed.
    abstract void closing(C opened);

    /// The channel was refused by the policy, by the engine's limits or by this host.
    abstract void notSent(String why);

    /// A deadline after the first packet is due.
    abstract void due(C opened);

    final void begin() {
        Decision decision = entry.decide();
        if (!decision.isAllowed()) {
            notSent(decision.explanation());
            return;
        }
        goOn(ticket.begin(order.remote().getAddress(), nowNanos()));
    }

    final boolean isSent() {
        return channel != null;
    }

    final boolean isDone() {
        return isDone;
    }

    final @Nullable C channel() {
        return channel;
    }

    final long nowNanos() {
        return lane.loop().ticker().read();
    }

    private void goOn(AdmissionTicket.Answer answer) {
        switch (answer) {
            case AdmissionTicket.Answer.Granted _ -> admitted();
            case AdmissionTicket.Answer.Waits(long untilNanos) ->
                    scheduleAt(Math.min(untilNanos, lastNanos));
            case AdmissionTicket.Answer.Refused(String why) -> notSent(why);
        }
    }

    /// A slot was on its way to this channel, which may be gone by then.
    private void slotArrived() {
        if (ticket.take()) {
            cancelDeadline();
            admitted();
        }
    }

    private void slotLost() {
        if (ticket.take()) {
            end();
        }
    }

    private void admitted() {
        try {
            C opened = open();
            channel = opened;
            SourceRefusal refused = order.bind(opened);
            if (refused != null) {
                notSent(detail(refused.outcome()));
                return;
            }
            opened.configureBlocking(false);
            send(opened);
        } catch (IOException | RuntimeException e) {
            onFailure(e);
        }
    }

    static String detail(Outcome outcome) {
        String detail = outcome.detail();
        return detail == null ? outcome.reasonLabel() : detail;
    }

    @Override
    public final void onDeadline(Deadline passed) {
        deadline = null;
        C opened = channel;
        if (isDone) {
            return;
        }
        if (opened != null) {
            due(opened);
        } else if (nowNanos() - lastNanos >= 0) {
            notSent("the limits of sonde.engine left no room in time");
        } else {
            goOn(ticket.goOn(nowNanos()));
        }
    }

    @Override
    public final void onLoopClosed() {
        end();
    }

    /// The one place where it ends; nothing is reported.
    final void end() {
        if (isDone) {
            return;
        }
        isDone = true;
        cancelDeadline();
        if (channel != null) {
            closing(channel);
            lane.loop().close(channel);
        }
        ticket.leave();
    }

    final void scheduleAt(long atNanos) {
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
