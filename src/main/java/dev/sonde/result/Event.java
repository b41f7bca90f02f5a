package dev.sonde.result;

import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.maintenance.MaintenanceEvent;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.PackedResult;

/// An event for subscribers of the event stream.
///
/// Only scheduled probes and listeners have events. A sweep of a million targets would push all
/// other events out of the kept window.
public sealed interface Event {

    /// Heap of an event with numbers, addresses and a few words, in bytes.
    int SMALL = 400;

    /// The word in the stream.
    String type();

    /// The heap that it takes, estimated in bytes.
    default int weight() {
        return SMALL;
    }

    /// A scheduled run has ended.
    ///
    /// @param packed many results wait here, and few are read
    record OfResult(PackedResult packed, String probe) implements Event {

        public ProbeResult result() {
            return packed.unpack();
        }

        @Override
        public String type() {
            return "result";
        }

        @Override
        public int weight() {
            return packed.bytes();
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

    /// A window of a maintenance begins or ends.
    record OfMaintenance(MaintenanceEvent event) implements Event {

        private static final int OF_NAME = 100;

        @Override
        public String type() {
            return "maintenance";
        }

        @Override
        public int weight() {
            return SMALL + OF_NAME * event.under().maintenance().selection().probes().size();
        }
    }
}
