package dev.sonde.attempt.step;

import dev.sonde.attempt.connect.Connect;
import dev.sonde.attempt.connect.Timeline;
import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.TurnBudget;
import dev.sonde.eventloop.TurnChannel;
import dev.sonde.kernel.KernelSockets;
import dev.sonde.lane.Lane;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.path.Asked;
import dev.sonde.probe.path.Question;
import dev.sonde.tls.TlsConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection that stands, as the steps after the connect see it. Made only where there are any.
///
/// Confined to its loop's thread, but for [#wake].
public final class Connection {

    private final Lane lane;
    private final SocketChannel socket;
    private final ChannelHandler owner;
    private final Connect connect;
    private final @Nullable SecondConnect again;
    private final Timeline timeline;
    private final long timeoutAtNanos;
    private @Nullable SelectionKey key;
    private ByteChannel bytes;
    private SecondConnect.@Nullable Running second;

    /// @param connect the connect that has ended well
    /// @param owner the attempt, the loop's handler of the socket
    /// @param again begins a further attempt at the same address; absent where none may be made
    /// @param timeoutAtNanos end of the probe's timeout
    public Connection(
            Connect connect,
            ChannelHandler owner,
            @Nullable SecondConnect again,
            long timeoutAtNanos) {
        this.connect = connect;
        this.lane = connect.lane();
        this.socket = connect.socket();
        this.key = connect.key();
        this.owner = owner;
        this.again = again;
        this.timeline = connect.timeline();
        this.timeoutAtNanos = timeoutAtNanos;
        this.bytes = new TurnChannel(socket, lane.loop().budget());
    }

    /// The remark on a SYN that had to be repeated; null where none was.
    @Nullable String loss() {
        return connect.loss();
    }

    /// The socket itself, for its options and for the kernel; payload goes through [#bytes].
    SocketChannel socket() {
        return socket;
    }

    KernelSockets kernel() {
        return lane.kernel();
    }

    Timeline timeline() {
        return timeline;
    }

    long nowNanos() {
        return timeline.nowNanos();
    }

    /// The end of the probe's timeout: the bound of the steps without a duration of their own.
    long timeoutAtNanos() {
        return timeoutAtNanos;
    }

    /// The rest of the current step's budget in this turn.
    TurnBudget budget() {
        return lane.loop().budget();
    }

    /// The channel of payload: the socket, or the layer that a step has put in front of it.
    ByteChannel bytes() {
        return bytes;
    }

    /// From now on payload goes through `other`, such as a TLS session over the socket.
    void carryThrough(ByteChannel other) {
        bytes = other;
    }

    /// Notes that the loop called the connection readable: data, the peer's end, or an error.
    void noteReadable() {
        long nowNanos = timeline.nowNanos();
        timeline.ready(Kind.READABLE, nowNanos, lane.loop().lagNanos(nowNanos) / 1_000);
    }

    /// Reads received bytes into memory that is valid until the next read on this loop.
    ///
    /// @return empty where nothing has come; null at the end of the stream
    @Nullable ByteBuffer read() throws IOException {
        return read(lane.buffer().capacity());
    }

    /// The same, of at most so many bytes.
    @Nullable ByteBuffer read(int most) throws IOException {
        ByteBuffer scratch = lane.buffer().clear();
        scratch.limit(Math.min(most, scratch.capacity()));
        int count = bytes.read(scratch);
        return count < 0 ? null : scratch.flip();
    }

    /// Has the step's `onReady` called soon, with nothing ready, for work of the step on another
    /// thread. Safe for any thread.
    void wake() {
        lane.loop().execute(Command.of(this::wakeOnLoop));
    }

    /// Has the step's `onReady` called in the next turn, as if the socket were readable. Bytes wait
    /// here, or received bytes are not all processed.
    void again() {
        lane.loop().again(owner, SelectionKey.OP_READ);
    }

    /// Sets the readiness that the loop reports.
    void interest(int ops) throws IOException {
        SelectionKey registered = key;
        if (registered == null) {
            key = lane.loop().register(socket, ops, owner);
        } else if (registered.isValid() && registered.interestOps() != ops) {
            registered.interestOps(ops);
        }
        boolean isReading = (ops & SelectionKey.OP_READ) != 0;
        if (isReading && bytes instanceof TlsConnection tls && tls.mayHoldMore()) {
            again();
        }
    }

    /// Connects to the same address once more, without steps, for more evidence on this one. It
    /// waits for its turn and for a slot like any other attempt.
    ///
    /// @param whenDone called on this loop's thread, possibly before this returns
    void connectAgain(Duration timeout, Consumer<AttemptResult> whenDone) {
        if (again != null) {
            second = again.begin(timeout, whenDone);
        }
    }

    boolean mayConnectAgain() {
        return again != null;
    }

    /// Notes a question and its answer in the evidence.
    void asked(Question question, String answer) {
        connect.asked(new Asked(question, answer));
    }

    /// Ends the second attempt, where one runs.
    void endSecond() {
        if (second != null) {
            second.cancel("it was no longer needed");
        }
    }

    /// Spurious readiness is harmless. An attempt that has ended ignores it.
    private void wakeOnLoop() {
        try {
            owner.onReady(0);
        } catch (IOException e) {
            owner.onFailure(e);
        }
    }
}
