package dev.sonde.bench;

import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.UpstreamFailure;
import dev.sonde.probe.spec.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.ComponentScan;

/// The process of a proxy of the benchmark. It tells its heap when it is asked, and ends with its
/// input.
final class ProxyChild {

    static final String READY = "proxy ready ";
    static final String HEAP = "proxy heap ";

    private ProxyChild() {}

    /// The rooms that a proxy is made of, without the rest of the house.
    @EnableConfigurationProperties
    @ConfigurationPropertiesScan({
        "dev.sonde.attempt",
        "dev.sonde.memory",
        "dev.sonde.policy",
        "dev.sonde.listen"
    })
    @ComponentScan({
        "dev.sonde.attempt",
        "dev.sonde.memory",
        "dev.sonde.policy",
        "dev.sonde.listen",
        "dev.sonde.tls"
    })
    static class Rooms extends ListenerBeans {}

    /// Runs one proxy until its standard input ends.
    ///
    /// @param args `BARE` or `SONDE`, and the port of the upstream
    public static void main(String[] args) throws IOException {
        int upstream = Integer.parseInt(args[1]);
        int port = args[0].equals("BARE") ? new BareProxy(upstream).port() : sonde(upstream);
        System.out.println(READY + port);
        var asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            System.out.println(
                    HEAP + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        System.exit(0);
    }

    /// A proxy on one loop, with its records and limits, but without a database.
    private static int sonde(int upstream) {
        Listeners listeners =
                new SpringApplicationBuilder(Rooms.class)
                        .web(WebApplicationType.NONE)
                        .run(
                                "--sonde.engine.loops=1",
                                "--sonde.engine.connects-per-second=1000000",
                                "--sonde.engine.connects-per-second-per-address=1000000",
                                "--logging.level.root=warn",
                                "--spring.main.banner-mode=off")
                        .getBean(Listeners.class);
        Behaviour proxy =
                new Behaviour.Proxy(
                        new Target("127.0.0.1", upstream), List.of(), UpstreamFailure.CLOSE, null);
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ListenerSpec spec =
                ListenerSpec.of("bench", bind, proxy)
                        .withBacklog(4_096)
                        .withLimits(new Limits(100_000, null, null, null));
        return Objects.requireNonNull(listeners.create(spec).address(), "open").getPort();
    }
}
