package dev.sonde.attempt.path;

import dev.sonde.kernel.QueuedError;
import dev.sonde.lane.Lane;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One UDP datagram to a port that is seldom open. The kernel of a host that is up answers with
/// "port unreachable". Single use, confined to its loop's thread.
final class PortDatagram extends FurtherChannel<DatagramChannel> {

    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(950);

    /// The answer to the datagram.
    sealed interface Answer {
        /// An ICMP message.
        record Message(QueuedError.Icmp icmp) implements Answer {}

        /// A datagram in the name of the target.
        record Data() implements Answer {}

        record Silent() implements Answer {}

        record NotSent(String why) implements Answer {}
    }

    private final Consumer<Answer> whenAnswered;

    PortDatagram(Lane lane, Way way, long lastNanos, Consumer<Answer> whenAnswered) {
        super(lane, way, lastNanos);
        this.whenAnswered = whenAnswered;
    }

    @Override
    DatagramChannel open() throws IOException {
        return DatagramChannel.open(
                order.remote().getAddress() instanceof Inet4Address
                        ? StandardProtocolFamily.INET
                        : StandardProtocolFamily.INET6);
    }

    @Override
    void send(DatagramChannel opened) throws IOException {
        if (!lane.kernel().queueErrors(opened, order.remote().getAddress(), true)) {
            notSent("this host cannot report the answer to a datagram");
            return;
        }
        opened.connect(order.remote());
        var _ = lane.loop().register(opened, SelectionKey.OP_READ, this);
        opened.write(ByteBuffer.allocate(1));
        scheduleAt(Math.min(nowNanos() + MOST_NANOS, Math.max(lastNanos, nowNanos())));
        lane.loop().again(this, 0); // an answer of this host makes nothing ready
    }

    @Override
    public void onReady(int readyOps) {
        DatagramChannel opened = channel();
        if (isDone() || opened == null) {
            return;
        }
        try {
            QueuedError queued = lane.kernel().pollError(opened);
            if (queued instanceof QueuedError.Icmp icmp) {
                answer(new Answer.Message(icmp));
            } else if (queued != null) {
                notSent(String.valueOf(queued.errno()));
            } else if (opened.read(lane.buffer().clear()) > 0) {
                answer(new Answer.Data());
            }
        } catch (IOException e) {
            onFailure(e);
        }
    }

    @Override
    void closing(DatagramChannel opened) {
        // A datagram leaves nothing behind.
    }

    @Override
    void due(DatagramChannel opened) {
        onReady(0);
        answer(new Answer.Silent());
    }

    @Override
    public void onFailure(Exception cause) {
        notSent(order.errors().errnoOf(cause, 0).toString());
    }

    @Override
    void notSent(String why) {
        answer(new Answer.NotSent(why));
    }

    private void answer(Answer found) {
        if (!isDone()) {
            end();
            whenAnswered.accept(found);
        }
    }
}
