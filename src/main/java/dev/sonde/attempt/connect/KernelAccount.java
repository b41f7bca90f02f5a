package dev.sonde.attempt.connect;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.QueuedError;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The kernel's account of one connect, as it was read so far. Confined to its loop's thread.
final class KernelAccount {

    /// The kernel's timer fires a few milliseconds after it is due (jiffies).
    private static final long TIMER_SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(6);

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private @Nullable TcpInfo first;
    private @Nullable TcpInfo latest;
    private @Nullable Errno errno;
    private @Nullable QueuedError queued;

    /// How often the SYN had been repeated when [#lookAgainNanos] was asked last.
    private int lookedAtRetransmits = -1;

    @Nullable TcpInfo first() {
        return first;
    }

    @Nullable TcpInfo latest() {
        return latest;
    }

    /// Keeps what was read, and notes new repetitions of the SYN.
    void keep(TcpInfo now, Timeline timeline) {
        int before = retransmits();
        first = first == null ? now : first;
        latest = now;
        int after = retransmits();
        if (after > before) {
            timeline.note(Kind.SYN_RETRANSMITTED, after);
        }
    }

    /// Keeps the entry of the error queue behind the error that ends the connect.
    void keep(QueuedError entry) {
        queued = entry;
    }

    /// The connect has failed.
    ///
    /// @param cause absent where no call of the kernel failed
    void fail(@Nullable Errno cause) {
        errno = cause;
    }

    /// Whether it was a RST that ended the connect.
    boolean sawRst(Errno cause) {
        return EvidenceReader.sawRst(latest, cause);
    }

    /// The error that ended the connect; absent without one.
    @Nullable Errno errno() {
        return errno;
    }

    /// The message that ended the connect; absent without one.
    @Nullable QueuedError queued() {
        return queued;
    }

    Evidence evidence() {
        return EvidenceReader.of(latest, errno, queued);
    }

    /// The outcome of a connect that is still pending at its timeout.
    ///
    /// @param ignored segments that the socket dropped, 0 where that is not known
    Outcome unanswered(Duration timeout, Timeline timeline, long ignored) {
        return new UnansweredSyn(timeout, timeline.events(), this, ignored).outcome();
    }

    /// The outcome of a connect that is all there was to do.
    Outcome success() {
        String loss = loss(() -> null);
        return loss == null ? Outcome.Succeeded.connected() : new Outcome.Succeeded(loss);
    }

    /// The remark on a SYN that had to be repeated; null where none was.
    ///
    /// @param later after the steps on the connection
    @Nullable String loss(Supplier<@Nullable TcpInfo> later) {
        return latest == null || latest.totalRetrans() == 0
                ? null
                : EvidenceReader.lossOf(latest, later.get());
    }

    /// Nanoseconds until the kernel's retransmission timer may have repeated the SYN; 0 where the
    /// kernel cannot be asked.
    long lookAgainNanos() {
        if (latest == null) {
            return 0;
        }
        boolean repeated = retransmits() > lookedAtRetransmits;
        lookedAtRetransmits = retransmits();
        return repeated ? latest.rtoMicros() * 1_000 + TIMER_SLACK_NANOS : LOOK_AGAIN_NANOS;
    }

    private int retransmits() {
        return latest == null ? 0 : (int) latest.totalRetrans();
    }
}
