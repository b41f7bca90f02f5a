package dev.sonde.notification;

import dev.sonde.maintenance.MaintenanceBook;
import dev.sonde.notification.message.NotificationStore;
import dev.sonde.notification.receiver.NotificationProperties;
import dev.sonde.notification.receiver.Receivers;
import dev.sonde.notification.send.Senders;
import dev.sonde.page.PageProperties;
import dev.sonde.policy.ReceiverPolicy;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.schedule.Schedules;
import dev.sonde.schedule.plan.Ownership;
import dev.sonde.start.ConfigurationFiles;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/// The beans of notifications. None depends on a setting: without receivers they rest.
@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {

    @Bean
    Receivers receivers(NotificationProperties properties, ConfigurableEnvironment environment) {
        return new Receivers(properties, new ConfigurationFiles(environment));
    }

    @Bean
    PageAddress pageAddress(PageProperties page, ConfigurableEnvironment environment) {
        return new PageAddress(page.url(), environment);
    }

    @Bean
    Senders senders(
            ReceiverPolicy policy,
            NotificationProperties properties,
            Clock clock,
            PageAddress page,
            Replica replica,
            ObjectProvider<BuildProperties> build) {
        String version =
                build.stream().map(BuildProperties::getVersion).findFirst().orElse("unknown");
        return new Senders(
                policy,
                properties,
                clock,
                () -> page.facts(version, replica.name(), properties.groupWithin()));
    }

    @Bean
    Couriers couriers(
            NotificationStore store,
            Receivers receivers,
            Senders senders,
            Clock clock,
            NotificationProperties properties) {
        return new Couriers(store, receivers, senders, clock, properties.timeout());
    }

    @Bean
    Notifications sentNotifications(
            NotificationStore store,
            Receivers receivers,
            Couriers couriers,
            ResultIds ids,
            Clock clock) {
        return new Notifications(store, receivers, couriers, ids, clock);
    }

    @Bean
    Estate notifiedEstate(
            Schedules schedules,
            MaintenanceBook maintenances,
            ObjectProvider<Ownership> ownership,
            Clock clock) {
        return new ScheduledEstate(
                schedules,
                maintenances,
                ownership.getIfAvailable(() -> Ownership.OF_EVERYTHING),
                clock);
    }

    @Bean
    ChangeSignal changeSignal() {
        return new ChangeSignal();
    }

    @Bean
    Outbox outbox(
            NotificationStore store,
            ResultIds ids,
            Estate estate,
            NotificationProperties properties,
            Clock clock) {
        return new Outbox(store, ids, estate, clock, properties.groupWithin());
    }

    @Bean
    Notifier notifier(
            NotificationStore store,
            Receivers receivers,
            Estate estate,
            Outbox outbox,
            Couriers couriers,
            ChangeSignal signal,
            ResultIds ids,
            Clock clock) {
        return new Notifier(
                new Scan(
                        store, receivers, estate, outbox, couriers, clock, ids.replica().isAlone()),
                receivers,
                signal);
    }
}
