package dev.sonde.cluster.forward;

import dev.sonde.cluster.Replicas;
import dev.sonde.cluster.member.ClusterProperties;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.spec.Target;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// The beans of forwarding. They exist in every process, and do nothing in a single one.
@Configuration(proxyBeanMethods = false)
class ForwardConfiguration {

    private static final int DATABASE_SECONDS = 2;

    @Bean
    Forwarding forwarding(
            Replica self,
            Replicas replicas,
            ObjectProvider<JdbcConnectionDetails> database,
            ClusterProperties cluster,
            ForwardProperties properties,
            SslBundles bundles,
            Clock clock) {
        if (self.isAlone()) {
            return Forwarding.none();
        }
        ReplicaDirectory directory =
                new ReplicaDirectory(connections(database.getObject()), self, replicas, clock);
        String bundle = cluster.tlsBundle();
        return Forwarding.of(
                replicas,
                directory,
                bundle == null || bundle.isBlank()
                        ? null
                        : new ForwardTls(bundles, bundle, properties.membersName()),
                properties.forwardConnections());
    }

    @Bean
    ForwardLifecycle forwardLifecycle(
            Forwarding forwarding,
            ClusterProperties cluster,
            ObjectProvider<ForwardPort> port,
            Environment environment) {
        String path = environment.getProperty("server.servlet.context-path", "");
        return new ForwardLifecycle(
                forwarding, () -> address(cluster.bindAddress(), port.getObject().port(), path));
    }

    /// Host, port and context path.
    static @Nullable String address(String bind, int port, String path) {
        if (port <= 0) {
            return null;
        }
        try {
            InetAddress address = InetAddress.getByName(bind);
            return Target.bracketed(address.getHostAddress()) + ":" + port + path;
        } catch (UnknownHostException e) {
            throw new IllegalStateException(
                    "sonde.cluster.bind-address has no address: " + bind, e);
        }
    }

    /// Connections beside the pool, which may be busy with results.
    private static DataSource connections(JdbcConnectionDetails details) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(details.getJdbcUrl());
        source.setUser(details.getUsername());
        source.setPassword(details.getPassword());
        source.setConnectTimeout(DATABASE_SECONDS);
        source.setSocketTimeout(DATABASE_SECONDS);
        return source;
    }
}
