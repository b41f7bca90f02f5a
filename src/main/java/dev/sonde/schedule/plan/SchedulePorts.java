package dev.sonde.schedule.plan;

import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.finding.TransitionSink;
import dev.sonde.probe.keeping.ResultBytes;
import java.time.Clock;
import java.util.List;

/// The ports of the schedule to other rooms while it runs.
///
/// @param latest heap that the steps and timelines in each probe's latest result may take
/// @param results the form of those
public record SchedulePorts(
        RunStarter runs,
        Clock clock,
        ScheduleObserver observer,
        List<TransitionSink> transitions,
        Ownership ownership,
        HeapShare latest,
        ResultBytes results,
        UnopenedPorts unopened) {

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
