package dev.sonde.schedule;

import dev.sonde.probe.ProbeDefinition;
import dev.sonde.probe.ProbeHealth;
import dev.sonde.probe.ProbeResult;
import dev.sonde.probe.ProbeState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A scheduled probe, live: every call tells what holds at that moment. Safe for any thread.
public interface WatchedProbe {

    long UNKNOWN = -1;

    ProbeDefinition definition();

    ProbeHealth health();

    /// The latest scheduled run's result; absent before the first one since the service started.
    Optional<ProbeResult> last();

    /// The state that its health tells.
    ProbeState state();

    /// How long that run took: its attempt that speaks for it. [#UNKNOWN] before the first one, and
    /// where it says nothing about the target.
    long tookNanos();

    /// The round trip of that attempt's handshake, as the kernel took it; [#UNKNOWN] where it did
    /// not.
    long rttMicros();

    /// When it runs next; absent while it is paused.
    Optional<Instant> nextRunAt();

    /// How many scheduled runs failed, by reason, since the service started or the probe was
    /// created, whichever is later; absent where none did.
    @Nullable FailureCounts failures();
}
