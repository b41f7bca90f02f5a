package dev.sonde.schedule;

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
}
