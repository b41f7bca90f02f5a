package dev.sonde.cluster;

import dev.sonde.cluster.member.ClusterProperties;
import dev.sonde.cluster.member.MemberChannel;
import dev.sonde.cluster.member.MemberMessage;
import dev.sonde.cluster.member.MemberStack;
import dev.sonde.cluster.member.MemberTls;
import dev.sonde.probe.keeping.PresentReplicas;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.keeping.ResultBytes;
import dev.sonde.result.EventLog;
import dev.sonde.schedule.ReplicaChanges;
import java.time.Clock;
import java.util.Objects;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// The identity of this process and, in a cluster, the beans of a member.
@Configuration(proxyBeanMethods = false)
class ClusterConfiguration {

    private static final LongSupplier TICKER = System::nanoTime;

    /// A database that hangs must not keep the replicas from noticing each other for longer.
    private static final int DATABASE_SECONDS = 2;

    @Bean
    Replica replica(
            ReplicaProperties properties,
            ClusterProperties cluster,
            @Value("${spring.datasource.url:#{null}}") @Nullable String databaseUrl) {
        if (!cluster.enabled()) {
            return Replica.alone(properties.name());
        }
        cluster.requireUsable(databaseUrl, properties.name());
        return new Replica(properties.name(), UUID.randomUUID());
    }

    @Bean
    @ConditionalOnProperty(
            name = "sonde.cluster.enabled",
            havingValue = "false",
            matchIfMissing = true)
    Replicas onlyReplica(Replica self) {
        return Replicas.alone(self.name());
    }

    /// Beans that exist only in a cluster.
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("sonde.cluster.enabled")
    static class Several {

        @Bean
        Partitions partitions(Replica self, ClusterProperties properties) {
            return new Partitions(
                    Objects.requireNonNull(self.member()), properties.failureTimeout(), TICKER);
        }

        @Bean
        EventRelay eventRelay() {
            return new EventRelay();
        }

        @Bean
        Peers peers() {
            return new Peers(TICKER);
        }

        @Bean
        SeenReplicas seenReplicas(JdbcConnectionDetails database, Replica self) {
            return new SeenReplicas(connections(database), self, TICKER);
        }

        @Bean
        Membership membership(
                Replica self,
                Partitions partitions,
                Peers peers,
                ReplicaChanges mirror,
                Clock clock,
                ClusterProperties properties) {
            return new Membership(
                    self,
                    partitions,
                    peers,
                    mirror,
                    new Membership.Time(clock, TICKER),
                    properties.failureTimeout());
        }

        @Bean
        MemberCore.Parts memberParts(
                Partitions partitions,
                Peers peers,
                Membership membership,
                EventRelay relay,
                ReplicaChanges mirror,
                Presence presence) {
            return new MemberCore.Parts(partitions, peers, presence, membership, relay, mirror);
        }

        @Bean
        Presence presence(
                Replica self, Peers peers, SeenReplicas seen, ClusterProperties properties) {
            return new Presence(
                    Objects.requireNonNull(self.member()),
                    peers,
                    seen::isAlive,
                    properties.failureTimeout());
        }

        @Bean
        PresentReplicas presentReplicas(Membership membership) {
            return membership::names;
        }

        @Bean
        Cluster membersOfCluster(
                Replica self,
                ClusterProperties properties,
                MemberCore.Parts parts,
                EventLog events,
                SeenReplicas seen,
                Clock clock) {
            return new Cluster(
                    self,
                    new Membership.Time(clock, TICKER),
                    properties,
                    new Cluster.Parts(
                            new MemberCore(Objects.requireNonNull(self.member()), parts),
                            parts.partitions(),
                            parts.peers(),
                            parts.relay(),
                            events,
                            seen));
        }

        @Bean
        MessageReceiver inbound(Cluster cluster, ReplicaChanges mirror, EventLog events) {
            return new MessageReceiver(cluster, mirror, events);
        }

        @Bean
        DefinitionFollower definitionFollower(
                JdbcConnectionDetails database,
                ReplicaChanges mirror,
                Clock clock,
                ClusterProperties properties) {
            return new DefinitionFollower(
                    connections(database), mirror, clock, properties.pollEvery());
        }

        @Bean
        ClusterLifecycle clusterLifecycle(
                Cluster cluster,
                Replica self,
                MessageReceiver inbound,
                ResultBytes results,
                DefinitionFollower follower,
                JdbcConnectionDetails database,
                SslBundles bundles,
                ClusterProperties properties,
                Environment environment) {
            return new ClusterLifecycle(
                    cluster,
                    () ->
                            new MemberChannel(
                                    new MemberStack(properties, connections(database))
                                            .protocols(tls(properties, bundles)),
                                    Objects.requireNonNull(self.member()),
                                    new MemberMessage.Codec(results),
                                    cluster::onView,
                                    inbound::receive),
                    follower,
                    properties,
                    environment);
        }

        private static @Nullable MemberTls tls(ClusterProperties properties, SslBundles bundles) {
            String bundle = properties.tlsBundle();
            return bundle == null || bundle.isBlank() ? null : new MemberTls(bundles, bundle);
        }

        /// Connections beside the pool, which may be busy with results.
        private static PGSimpleDataSource connections(JdbcConnectionDetails details) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(details.getJdbcUrl());
            source.setUser(details.getUsername());
            source.setPassword(details.getPassword());
            source.setConnectTimeout(DATABASE_SECONDS);
            source.setSocketTimeout(DATABASE_SECONDS);
            source.setTcpKeepAlive(true);
            return source;
        }
    }
}
