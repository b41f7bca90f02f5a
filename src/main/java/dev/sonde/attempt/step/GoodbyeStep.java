package dev.sonde.attempt.step;

import dev.sonde.eventloop.Ticker;
import dev.sonde.kernel.Errno;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.Phase;
import dev.sonde.tls.TlsConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Closes a TLS connection in order. It sends `close_notify` and for a short time reads what is
/// still on its way. The peer then sees neither a truncated stream nor a RST. Nothing here changes
/// an outcome.
final class GoodbyeStep implements Step {

    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int SCRATCH_BYTES = 4_096;

    private final Connection connection;
    private final TlsConnection tls;
    private final ByteBuffer scratch = ByteBuffer.allocate(SCRATCH_BYTES);
    private final long endNanos;
    private boolean isNoted;

    GoodbyeStep(Connection connection, TlsConnection tls) {
        this.connection = connection;
        this.tls = tls;
        this.endNanos =
                Ticker.earlier(connection.nowNanos() + PATIENCE_NANOS, connection.timeoutAtNanos());
    }

    @Override
    public Phase phase() {
        return Phase.CLOSE;
    }

    @Override
    public Progress begin() {
        return onReady(0);
    }

    @Override
    public Progress onReady(int readyOps) {
        try {
            tls.sayGoodbye();
            noteGoodbye();
            if (tls.drain(scratch) || connection.nowNanos() - endNanos >= 0) {
                return new Progress.Passed(null);
            }
            return new Progress.Waiting(SelectionKey.OP_READ, endNanos);
        } catch (IOException _) {
            return new Progress.Passed(null); // the peer was faster
        }
    }

    private void noteGoodbye() {
        if (!isNoted) {
            isNoted = true;
            connection.timeline().note(Kind.CLOSE_NOTIFY);
        }
    }

    @Override
    public Progress onDeadline() {
        return new Progress.Passed(null);
    }

    @Override
    public Progress onError(Errno errno) {
        return new Progress.Passed(null);
    }

    @Override
    public @Nullable StepReport end() {
        return null;
    }
}
