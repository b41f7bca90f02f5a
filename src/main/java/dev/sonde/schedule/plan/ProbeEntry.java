package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.keeping.PackedResult;
import dev.sonde.probe.spec.ProbeDefinition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A defined probe, whichever process runs it. Safe for any thread.
public sealed interface ProbeEntry permits ScheduledProbe, ForeignProbe {

    String name();

    int partition();

    /// The set that owns its definition; absent for a probe outside of sets.
    @Nullable String set();

    ProbeDefinition definition();

    ProbeHealth health();

    /// The latest scheduled run's result. It is absent before the first run since the service
    /// started or got the probe. It is absent for a probe of another owner.
    @Nullable PackedResult last();

    /// When it runs next; absent while it is paused.
    @Nullable Instant nextRunAt();

    /// The outcome of the latest scheduled run that is known here. Another owner reports only
    /// changes. Its probe that is up and has no known outcome therefore connected.
    @Nullable Outcome outcome();

    /// The latest scheduled runs in a row that were not probed; absent if the latest run was
    /// probed.
    @Nullable NotProbedStreak notProbed();
}
