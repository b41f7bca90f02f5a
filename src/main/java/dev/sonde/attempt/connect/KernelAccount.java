package dev.sonde.attempt.connect;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.QueuedError;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.TimelineEvent.Kind;
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

    /// Of a handshake that was over at once and is all that was asked for.
    private @Nullable Evidence atOnce;

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

    /// Keeps only the evidence of a glance, which is no longer valid later.
    void keepEvidence(TcpInfo glance) {
        atOnce = EvidenceReader.of(glance, null, null);
    }

    Evidence evidence(@Nullable Errno errno, @Nullable QueuedError queued) {
        return atOnce == null ? EvidenceReader.of(latest, errno, queued) : atOnce;
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
