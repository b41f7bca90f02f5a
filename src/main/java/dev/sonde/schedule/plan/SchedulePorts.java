package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.finding.TransitionSink;
import java.time.Clock;
import java.util.List;

/// What the schedule needs of the rest of the house while it runs.
public record SchedulePorts(
        RunStarter runs,
        Clock clock,
        ScheduleObserver observer,
        List<TransitionSink> transitions,
        Ownership ownership) {

    public SchedulePorts {
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
