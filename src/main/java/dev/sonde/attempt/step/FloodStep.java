package dev.sonde.attempt.step;

import dev.sonde.eventloop.Ticker;
import dev.sonde.kernel.Errno;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.FloodReport;
import dev.sonde.probe.finding.FloodReport.Stall;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.FloodSettings;
import dev.sonde.probe.spec.Phase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes until all bytes are acknowledged, or until nothing moves any more.
///
/// Something moves as long as our kernel takes bytes or the peer's kernel acknowledges some. A full
/// send buffer by itself is no stall.
final class FloodStep implements Step {

    /// No event reports the acknowledgement of the last bytes.
    private static final long DRAIN_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Connection connection;
    private final FloodSettings settings;
    private final Counters counters;
    private final FloodWriter writer;
    private final long endNanos;
    private long movedNanos;
    private @Nullable Long waitingBytes;
    private @Nullable Stall stall;

    /// The latest bytes of the peer, as the end of a sentence.
    private String lastWords = "";

    FloodStep(Connection connection, FloodSettings settings) {
        this.connection = connection;
        this.settings = settings;
        this.counters = new Counters(connection);
        this.writer = new FloodWriter(connection, settings.bytes());
        this.movedNanos = connection.nowNanos();
        this.endNanos = movedNanos + settings.limit().toNanos();
    }

    @Override
    public Phase phase() {
        return Phase.FLOOD;
    }

    @Override
    public Progress begin() throws IOException {
        connection.timeline().note(Kind.FLOOD_BEGUN);
        counters.look();
        return write();
    }

    @Override
    public Progress onReady(int readyOps) throws IOException {
        if ((readyOps & SelectionKey.OP_READ) != 0) {
            ByteBuffer read = connection.read();
            if (read == null) {
                return failed(
                        FailureReason.CLOSED_BY_PEER,
                        "the peer closed the connection (FIN) after " + writer.taken() + lastWords);
            }
            if (read.hasRemaining()) {
                lastWords = LastWords.text(read);
            }
        }
        return (readyOps & SelectionKey.OP_WRITE) != 0 ? write() : goOn();
    }

    @Override
    public Progress onDeadline() {
        return goOn();
    }

    @Override
    public Progress onError(Errno errno) {
        if (errno.isReset()) {
            return failed(
                    FailureReason.RESET,
                    errno
                            + ": the peer aborted the connection (RST) after "
                            + writer.taken()
                            + lastWords);
        }
        if (errno == Errno.ETIMEDOUT) {
            TcpInfo info = look();
            boolean isProbing = info != null && info.retransmits() == 0 && info.probes() > 0;
            stall = isProbing ? Stall.ZERO_WINDOW_PEER_GONE : Stall.LOSS;
            return stalled(stall);
        }
        return Step.super.onError(errno);
    }

    @Override
    public StepReport end() {
        TcpInfo info = look();
        boolean isStalled = stall != null;
        return new FloodReport(
                writer.takenBytes(),
                counters.unacknowledgedBytes(),
                counters.unsentBytes(),
                stall,
                isStalled ? (connection.nowNanos() - movedNanos) / 1_000 : null,
                info == null ? null : info.sndWnd(),
                info == null ? null : (long) info.retransmits(),
                info == null ? null : (long) info.probes(),
                info == null ? null : info.rwndLimitedMicros(),
                info == null ? null : info.sndbufLimitedMicros());
    }

    private Progress write() throws IOException {
        if (writer.write()) {
            movedNanos = connection.nowNanos();
        }
        return goOn();
    }

    /// Looks whether something moved, and for how long nothing has.
    private Progress goOn() {
        long nowNanos = connection.nowNanos();
        Long waiting = counters.unacknowledgedBytes();
        if (!Objects.equals(waiting, waitingBytes)) {
            waitingBytes = waiting;
            movedNanos = nowNanos;
        }
        boolean isWritten = writer.isDone();
        if (isWritten && (waiting == null || waiting == 0)) {
            connection.timeline().note(Kind.FLOOD_ENDED);
            return new Progress.Passed(null);
        }
        if (nowNanos - movedNanos >= settings.stallTimeout().toNanos()) {
            stall = StallWatch.of(look(), counters.newRetransmits());
            return stalled(stall);
        }
        if (nowNanos - endNanos >= 0) {
            return new Progress.Passed("the flood's time was over after " + writer.taken());
        }
        return waiting(isWritten, nowNanos);
    }

    private Progress waiting(boolean isWritten, long nowNanos) {
        long stallAtNanos = movedNanos + settings.stallTimeout().toNanos();
        long boundNanos = Ticker.earlier(stallAtNanos, endNanos);
        long wakeAtNanos =
                isWritten ? Ticker.earlier(nowNanos + DRAIN_LOOK_NANOS, boundNanos) : boundNanos;
        int ops = SelectionKey.OP_READ | (isWritten ? 0 : SelectionKey.OP_WRITE);
        return new Progress.Waiting(ops, wakeAtNanos);
    }

    private Progress stalled(Stall why) {
        connection.timeline().note(Kind.STALLED);
        return new Progress.Ended(StallWatch.outcome(why, settings.stallTimeout(), writer.taken()));
    }

    private Progress failed(FailureReason reason, String detail) {
        return new Progress.Ended(new Outcome.Failed(reason, Phase.FLOOD, detail));
    }

    private @Nullable TcpInfo look() {
        counters.look();
        return counters.info();
    }
}
