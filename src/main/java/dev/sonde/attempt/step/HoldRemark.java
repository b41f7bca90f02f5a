package dev.sonde.attempt.step;

import dev.sonde.kernel.TcpInfo;
import org.jspecify.annotations.Nullable;

/// A remark on a held connection that has not ended, but was about to.
final class HoldRemark {

    private HoldRemark() {}

    /// The remark at the end of the hold.
    ///
    /// @param isKeptAlive whether keepalive is on
    /// @return null where there is nothing to remark
    static @Nullable String of(Counters counters, boolean isKeptAlive) {
        TcpInfo now = counters.info();
        Long waiting = counters.unacknowledgedBytes();
        if (now == null || waiting == null || waiting == 0) {
            return null;
        }
        if (counters.isShut()) {
            return "%d bytes wait: the peer's window is zero".formatted(waiting);
        }
        if (now.retransmits() == 0) {
            return null;
        }
        return "%d bytes are unacknowledged after %d repetitions%s"
                .formatted(
                        waiting,
                        now.retransmits(),
                        isKeptAlive
                                ? "; keepalive does not probe while data is pending, a user timeout"
                                        + " would end it"
                                : "");
    }
}
