package dev.sonde.check;

import dev.sonde.attempt.ProbeRunner;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.memory.HeapLedger;
import java.time.Instant;
import java.util.UUID;

/// The only check of a process that serves nobody: a command. Its results are streamed, and it has
/// the limits that a service has by default.
public final class LocalCheck {

    private LocalCheck() {}

    /// Starts it.
    ///
    /// @param inFlight probes in flight at most
    /// @throws TooManyTargetsException for more targets than one check may have
    public static CheckRun start(
            CheckSpec spec,
            ProbeRunner runner,
            int inFlight,
            EventLoopGroup loops,
            HeapLedger ledger) {
        CheckProperties limits = CheckProperties.USUAL;
        if (spec.total() > limits.maxTargets()) {
            throw new TooManyTargetsException(spec.total(), limits.maxTargets(), " in one check");
        }
        CheckRun run =
                new CheckRun(
                        new CheckRun.Identity(UUID.randomUUID(), Instant.now(), null),
                        spec,
                        new CheckRun.Ports(runner, loops, new FlightSlots(inFlight)),
                        new ResultQueue(
                                Math.max(limits.streamWindow(), spec.concurrency()),
                                ledger.share("checks")));
        run.start(() -> {});
        return run;
    }
}
