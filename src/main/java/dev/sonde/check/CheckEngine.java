package dev.sonde.check;

import dev.sonde.attempt.ProbeRunner;
import dev.sonde.attempt.Prober;
import dev.sonde.eventloop.EventLoopGroup;
import org.springframework.stereotype.Component;

/// The engine for checks, with slots of their own. A waiting target therefore costs nothing. Safe
/// for any thread.
@Component
final class CheckEngine {

    private final CheckRun.Ports ports;

    CheckEngine(ProbeRunner runner, Prober prober, EventLoopGroup loops) {
        this.ports = new CheckRun.Ports(runner, loops, new FlightSlots(prober.inFlightOfChecks()));
    }

    CheckRun.Ports ports() {
        return ports;
    }
}
