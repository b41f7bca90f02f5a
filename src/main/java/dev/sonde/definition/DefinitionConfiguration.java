package dev.sonde.definition;

import dev.sonde.listen.Listeners;
import dev.sonde.probe.keeping.ListenerHolders;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.schedule.Schedules;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.policy.ReceiverPolicy;
import dev.sonde.schedule.plan.Ownership;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// The beans of this room.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DefinitionProperties.class)
class DefinitionConfiguration {

    @Bean
    ProbeSection probeSection(
            JsonMapper mapper, ProbeModules modules, CertificateAuthority authority) {
        return new ProbeSection(mapper, modules, authority);
    }

    @Bean
    DocumentReader documentReader(JsonMapper mapper, ProbeSection reader) {
        return new DocumentReader(mapper, reader);
    }

    @Bean
    TargetFinders targetFinders(
            DefinitionProperties properties, JsonMapper mapper, ReceiverPolicy policy) {
        return new TargetFinders(
                mapper, policy, properties.maxSize().toBytes(), properties.sourceTimeout());
    }

    @Bean
    DefinitionSources definitionSources(
            DefinitionSets sets,
            ProbeSection reader,
            TargetFinders finders,
            ObjectProvider<Ownership> ownership,
            Clock clock) {
        return new DefinitionSources(
                sets,
                reader,
                finders,
                ownership.getIfAvailable(() -> Ownership.OF_EVERYTHING),
                clock);
    }

    @Bean
    DefinitionSets definitionSets(
            Schedules schedules, Listeners listeners, ListenerHolders holders, JsonMapper mapper) {
        return new DefinitionSets(schedules, listeners, holders, new ChangedFields(mapper));
    }

    @Bean
    DefinitionFiles definitionFiles(
            DefinitionProperties properties,
            DocumentReader reader,
            DefinitionSets sets,
            DefinitionSources sources,
            Clock clock) {
        return new DefinitionFiles(properties, reader, sets, sources, clock);
    }
}
