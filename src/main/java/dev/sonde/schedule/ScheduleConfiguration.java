package dev.sonde.schedule;

import dev.sonde.attempt.ProbeRunner;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.memory.HeapLedger;
import dev.sonde.probe.finding.TransitionSink;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.schedule.plan.Ownership;
import dev.sonde.schedule.plan.ScheduleObserver;
import dev.sonde.schedule.plan.SchedulePorts;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/// The schedule's beans.
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    @Bean
    SchedulePorts schedulePorts(
            ProbeRunner runner,
            Clock clock,
            ObjectProvider<ScheduleObserver> observers,
            ObjectProvider<TransitionSink> transitions,
            ObjectProvider<Ownership> ownership,
            HeapLedger ledger) {
        return new SchedulePorts(
                new EngineRuns(runner),
                clock,
                new ScheduleObservers(observers.orderedStream().toList()),
                transitions.orderedStream().toList(),
                ownership.getIfAvailable(() -> Ownership.OF_EVERYTHING),
                ledger.share("latest"));
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    SkipReport skipReport() {
        return new SkipReport();
    }

    @Bean
    Schedules schedules(
            EventLoopGroup loops, SchedulePorts ports, ProbeStore store, HeapLedger ledger) {
        return new Schedules(loops.loops(), ports, store, ledger.share("definitions"));
    }

    @Bean
    ReplicaChanges mirror(Schedules schedules) {
        return schedules.mirror();
    }

    @Bean
    ScheduleLifecycle scheduleLifecycle(Schedules schedules) {
        return new ScheduleLifecycle(schedules);
    }

    /// A service that may not start, because nobody decided who may use it, probes nothing.
    @Bean
    @DependsOn("accessMode")
    EarlySchedule earlySchedule(ScheduleLifecycle schedule, ObjectProvider<Ownership> ownership) {
        return new EarlySchedule(schedule, ownership.getIfAvailable() == null);
    }
}
