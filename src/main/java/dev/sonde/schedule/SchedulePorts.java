package dev.sonde.schedule;

import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.finding.TransitionSink;
import java.time.Clock;
import java.util.List;

/// What the schedule needs of the rest of the house while it runs.
record SchedulePorts(
        Runs runs,
        Clock clock,
        ScheduleObserver observer,
        List<TransitionSink> transitions,
        Ownership ownership) {

    SchedulePorts {
        transitions = List.copyOf(transitions);
    }

    boolean owns(ScheduledProbe probe) {
        return ownership.owns(probe.partition);
    }

    void tell(Transition transition) {
        for (TransitionSink sink : transitions) {
            sink.accept(transition);
        }
    }
}
