package dev.sonde.cluster;

import dev.sonde.cluster.member.ClusterProperties;
import dev.sonde.cluster.member.MemberChannel;
import dev.sonde.probe.spec.Target;
import dev.sonde.start.ServiceAddress;
import java.net.InetAddress;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.util.function.ThrowingSupplier;

/// Joins the other replicas when everything else is up, and leaves before anything else is down.
/// Called by Spring's main thread.
final class ClusterLifecycle implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ClusterLifecycle.class);

    private final Cluster cluster;
    private final ThrowingSupplier<MemberChannel> channels;
    private final DefinitionFollower follower;
    private final ClusterProperties properties;
    private final Environment environment;

    /// Written by the thread that starts and stops, read by any thread.
    private volatile boolean running;

    ClusterLifecycle(
            Cluster cluster,
            ThrowingSupplier<MemberChannel> channels,
            DefinitionFollower follower,
            ClusterProperties properties,
            Environment environment) {
        this.cluster = cluster;
        this.channels = channels;
        this.follower = follower;
        this.properties = properties;
        this.environment = environment;
    }

    @Override
    public void start() {
        if (properties.insecure()) {
            log.atWarn().log("messages between replicas are neither encrypted nor authenticated");
        }
        try {
            follower.start();
            cluster.start(channels.getWithException(), url());
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the other replicas cannot be joined through sonde.cluster.bind-address "
                            + properties.bindAddress()
                            + ", port "
                            + properties.port(),
                    e);
        }
        running = true;
    }

    private String url() throws java.net.UnknownHostException {
        URI given = properties.url();
        if (given != null) {
            return given.toString();
        }
        InetAddress address = InetAddress.getByName(properties.bindAddress());
        return (ServiceAddress.isSecure(environment) ? "https://" : "http://")
                + Target.bracketed(address.getHostAddress())
                + ":"
                + environment.getRequiredProperty("local.server.port");
    }

    @Override
    public void stop() {
        running = false;
        cluster.stop();
        follower.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// The last to start, the first to stop.
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
