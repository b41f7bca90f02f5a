package dev.sonde.schedule;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.schedule.plan.ScheduleObserver;
import java.util.List;

/// Several observers as one; none is fine.
record ScheduleObservers(List<ScheduleObserver> observers) implements ScheduleObserver {

    ScheduleObservers {
        observers = List.copyOf(observers);
    }

    @Override
    public void onStart(long latenessNanos) {
        for (ScheduleObserver observer : observers) {
            observer.onStart(latenessNanos);
        }
    }

    @Override
    public void onSkip(long runs) {
        for (ScheduleObserver observer : observers) {
            observer.onSkip(runs);
        }
    }

    @Override
    public void onTurn(ProbeResult result) {
        for (ScheduleObserver observer : observers) {
            observer.onTurn(result);
        }
    }
}
