package dev.sonde.schedule;

import dev.sonde.attempt.ProbeRunner;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.memory.HeapLedger;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.TransitionSink;
import dev.sonde.probe.keeping.DefinitionBytes;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.keeping.ResultBytes;
import dev.sonde.schedule.foreign.DefinitionFile;
import dev.sonde.schedule.foreign.ForeignDefinitions;
import dev.sonde.schedule.plan.Ownership;
import dev.sonde.schedule.plan.ScheduleObserver;
import dev.sonde.schedule.plan.SchedulePorts;
import dev.sonde.schedule.plan.UnopenedPorts;
import dev.sonde.start.DataDirectory;
import dev.sonde.start.FileProblem;
import java.io.IOException;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.Environment;

/// The schedule's beans.
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    private static final Logger log = LoggerFactory.getLogger(ScheduleConfiguration.class);

    @Bean
    SchedulePorts schedulePorts(
            ProbeRunner runner,
            Clock clock,
            ObjectProvider<ScheduleObserver> observers,
            ObjectProvider<TransitionSink> transitions,
            ObjectProvider<Ownership> ownership,
            HeapLedger ledger,
            ResultBytes results,
            UnopenedPorts unopened) {
        return new SchedulePorts(
                new EngineRuns(runner),
                clock,
                new ScheduleObservers(observers.orderedStream().toList()),
                transitions.orderedStream().toList(),
                ownership.getIfAvailable(() -> Ownership.OF_EVERYTHING),
                ledger.share("latest"),
                results,
                unopened);
    }

    @Bean
    UnopenedPorts unopenedPorts(Environment environment) {
        return new UnopenedPorts(
                Stream.of("server.port", "management.server.port", "sonde.toxiproxy.port")
                        .map(name -> environment.getProperty(name, Integer.class))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()));
    }

    /// Every web server listens before Spring says that the service has started.
    @Bean
    ApplicationListener<ApplicationStartedEvent> openedPorts(UnopenedPorts unopened) {
        return _ -> unopened.open();
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    SkipReport skipReport() {
        return new SkipReport();
    }

    @Bean
    Schedules schedules(
            EventLoopGroup loops,
            SchedulePorts ports,
            ProbeStore store,
            HeapLedger ledger,
            ForeignParts foreign) {
        HeapShare memory = ledger.share("definitions");
        return new Schedules(loops.loops(), ports, store, memory, foreign.open(store, memory));
    }

    /// The ports of the definitions of other replicas' probes.
    record ForeignParts(
            ObjectProvider<Ownership> ownership, DataDirectory data, DefinitionBytes form) {

        /// A single process has none. Without the file all definitions stay in memory.
        @Nullable ForeignDefinitions open(ProbeStore store, HeapShare memory) {
            if (ownership.getIfAvailable() == null) {
                return null;
            }
            try {
                DefinitionFile file = DefinitionFile.open(data.path());
                return new ForeignDefinitions(file, form, store, memory);
            } catch (IOException e) {
                log.atWarn()
                        .addKeyValue("cause", FileProblem.of(e))
                        .log("definitions of other replicas have no file and stay in memory");
                return null;
            }
        }
    }

    @Bean
    ForeignParts foreignParts(
            ObjectProvider<Ownership> ownership, DataDirectory data, DefinitionBytes form) {
        return new ForeignParts(ownership, data, form);
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
