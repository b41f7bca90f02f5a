package dev.sonde.result;

import dev.sonde.probe.ProbeResult;
import dev.sonde.probe.Transition;

/// Something that subscribers of the event stream are told.
///
/// Only what belongs to scheduled probes: a sweep of a million targets would push everything else
/// out of the kept window.
public sealed interface Event {

    /// The word in the stream.
    String type();

    /// The name of the probe it belongs to.
    String probe();

    /// A scheduled run has ended.
    record OfResult(ProbeResult result, String probe) implements Event {
        @Override
        public String type() {
            return "result";
        }
    }

    /// A probe's state has changed.
    record OfTransition(Transition transition) implements Event {
        @Override
        public String type() {
            return "transition";
        }

        @Override
        public String probe() {
            return transition.probe();
        }
    }
}
