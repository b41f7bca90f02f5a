package dev.sonde.listen.proxy;

import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.FaultEffect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The faults of a listener, with the rates that all its connections share. Safe for any thread.
public final class FaultPlan {

    private final List<Fault> faults;
    private final Map<String, RateMeter> shared;

    private FaultPlan(List<Fault> faults, Map<String, RateMeter> shared) {
        this.faults = faults;
        this.shared = Map.copyOf(shared);
    }

    /// Makes a plan.
    ///
    /// @param before whose shared rates go on under the same names; absent for the first one
    public static FaultPlan of(List<Fault> faults, @Nullable FaultPlan before, long nowNanos) {
        Map<String, RateMeter> shared = new HashMap<>();
        for (Fault fault : faults) {
            if (fault.effect() instanceof FaultEffect.Bandwidth(long rate, boolean isShared)
                    && isShared) {
                RateMeter known = before == null ? null : before.shared.get(fault.name());
                if (known != null) {
                    known.change(rate, nowNanos);
                }
                shared.put(fault.name(), known == null ? new RateMeter(rate, nowNanos) : known);
            }
        }
        return new FaultPlan(List.copyOf(faults), shared);
    }

    List<Fault> faults() {
        return faults;
    }

    /// The meter that a fault shares; absent where each connection has one of its own.
    @Nullable RateMeter sharedMeter(String fault) {
        return shared.get(fault);
    }
}
