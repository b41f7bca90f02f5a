package dev.sonde.result;

import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Transition;

/// Something that subscribers of the event stream are told.
///
/// Only what belongs to scheduled probes and to listeners: a sweep of a million targets would push
/// everything else out of the kept window.
public sealed interface Event {

    /// The word in the stream.
    String type();

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
    }

    /// A listener does something else, or a connection of it came or went.
    ///
    /// @param omitted events of the listener's connections that were left out before this one
    record OfListener(ListenerEvent event, long omitted) implements Event {
        @Override
        public String type() {
            return "listener";
        }
    }
}
