package dev.sonde.definition;

import dev.sonde.listen.Listeners;
import dev.sonde.probe.keeping.ListenerHolders;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.schedule.Schedules;
import dev.sonde.tls.certificate.CertificateAuthority;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/// The beans of this room.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DefinitionProperties.class)
class DefinitionConfiguration {

    @Bean
    DocumentReader documentReader(
            JsonMapper mapper, ProbeModules modules, CertificateAuthority authority) {
        return new DocumentReader(mapper, modules, authority);
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
            Clock clock) {
        return new DefinitionFiles(properties, reader, sets, clock);
    }
}
