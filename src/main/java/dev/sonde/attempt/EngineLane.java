package dev.sonde.attempt;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.lane.Lane;

/// The engine on one of its loops.
///
/// @param literals used on the loop's thread only
record EngineLane(Engine engine, Lane lane, ProbeRun.Names names, LiteralAddresses literals) {

    EventLoop loop() {
        return lane.loop();
    }

    long now() {
        return lane.now();
    }

    /// The same loop under another engine.
    EngineLane with(Engine other) {
        return new EngineLane(other, lane, names, literals);
    }
}
