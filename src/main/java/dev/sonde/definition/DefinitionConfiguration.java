package dev.sonde.definition;

import dev.sonde.definition.keeping.SetLease;
import dev.sonde.definition.keeping.SourceStore;
import dev.sonde.definition.source.FileAccess;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.policy.ReceiverPolicy;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.schedule.Schedules;
import dev.sonde.schedule.plan.Ownership;
import dev.sonde.security.OpenAccess;
import dev.sonde.tls.certificate.CertificateAuthority;
import java.time.Clock;
import java.util.Set;
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

    /// The files that documents over HTTP may name.
    @Bean
    FileAccess.Sent sentDocumentFiles(DefinitionProperties properties, OpenAccess open) {
        return new FileAccess.Sent(
                properties.sourceDirs().isEmpty() && open.isOnLoopback()
                        ? null
                        : properties.sourceDirs());
    }

    @Bean
    DocumentReader documentReader(
            JsonMapper mapper, ProbeSection reader, FileAccess.Sent sentDocumentFiles) {
        return new DocumentReader(mapper, reader, sentDocumentFiles);
    }

    @Bean
    SetSources setSources(
            DefinitionSets sets,
            DefinitionSources sources,
            SourceStore store,
            JsonMapper mapper,
            FileAccess.Sent sentDocumentFiles) {
        return new SetSources(sets, sources, store, mapper, sentDocumentFiles);
    }

    @Bean
    SourceFollower sourceFollower(
            SetSources setSources,
            DefinitionSources sources,
            DefinitionFiles files,
            Replica replica) {
        return new SourceFollower(
                setSources,
                sources,
                files.isUsed() ? Set.of(DefinitionFiles.SET) : Set.of(),
                replica.isAlone());
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
            Schedules schedules,
            Listeners listeners,
            ForeignListeners foreign,
            SetParts parts,
            JsonMapper mapper) {
        return new DefinitionSets(schedules, listeners, foreign, parts, new ChangedFields(mapper));
    }

    @Bean
    DefinitionFiles definitionFiles(
            DefinitionProperties properties,
            DocumentReader reader,
            DefinitionSets sets,
            DefinitionSources sources,
            SetLease lease,
            Clock clock) {
        return new DefinitionFiles(properties, reader, sets, sources, lease, clock);
    }
}
