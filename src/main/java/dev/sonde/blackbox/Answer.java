package dev.sonde.blackbox;

import dev.sonde.blackbox.modules.Module;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What `/probe` found: everything that its metrics and its log are made of.
///
/// @param target as it was asked for
/// @param timeout as it was reckoned
/// @param result absent where the target or the hostname could not be read
/// @param problem what is wrong with it; absent where there is a result
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
