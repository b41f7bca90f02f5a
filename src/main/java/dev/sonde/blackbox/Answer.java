package dev.sonde.blackbox;

import dev.sonde.blackbox.modules.Module;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The outcome of one `/probe`: the source of its metrics and its log.
///
/// @param target as the caller wrote it
/// @param timeout as computed
/// @param result absent when the target or the hostname is malformed
/// @param problem the reason of the refusal; absent beside a result
public record Answer(
        Instant at,
        Module module,
        String target,
        Duration timeout,
        @Nullable ProbeResult result,
        @Nullable String problem) {

    boolean isSuccess() {
        return result != null && result.outcome() instanceof Outcome.Succeeded;
    }
}
