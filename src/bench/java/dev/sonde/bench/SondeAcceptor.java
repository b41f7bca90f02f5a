package dev.sonde.bench;

import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.spec.ListenerSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;

/// A managed listener on one loop, with its records, its limits and the event log, but without a
/// database.
final class SondeAcceptor implements Accepting {

    private static final String NAME = "bench";

    /// The rooms that listeners are made of, without the rest of the house.
    @EnableConfigurationProperties
    @ConfigurationPropertiesScan({
        "dev.sonde.attempt",
        "dev.sonde.memory",
        "dev.sonde.policy",
        "dev.sonde.listen",
        "dev.sonde.result"
    })
    @ComponentScan({
        "dev.sonde.attempt",
        "dev.sonde.memory",
        "dev.sonde.policy",
        "dev.sonde.listen",
        "dev.sonde.result",
        "dev.sonde.tls"
    })
    static class Rooms extends ListenerBeans {}

    private final ConfigurableApplicationContext context;
    private final Listeners listeners;
    private final int port;

    SondeAcceptor(Treatment treatment) {
        context =
                new SpringApplicationBuilder(Rooms.class)
                        .web(WebApplicationType.NONE)
                        .run(
                                "--sonde.engine.loops=1",
                                "--logging.level.root=warn",
                                "--spring.main.banner-mode=off");
        listeners = context.getBean(Listeners.class);
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ListenerSpec spec =
                ListenerSpec.of(NAME, bind, behaviour(treatment))
                        .withBacklog(BareAcceptor.BACKLOG)
                        .withLimits(new Limits(100_000, null, null, null));
        InetSocketAddress address = listeners.create(spec).address();
        if (address == null) {
            throw new IllegalStateException("the listener is not open");
        }
        port = address.getPort();
        accept(false);
    }

    private static Behaviour behaviour(Treatment treatment) {
        return switch (treatment) {
            case CLOSE -> new Behaviour.Close(Duration.ZERO);
            case ECHO -> new Behaviour.Echo(Duration.ZERO);
            case HOLD -> new Behaviour.Hold();
        };
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void accept(boolean on) {
        listeners.setPaused(NAME, !on);
    }

    @Override
    public int open() {
        return listeners.get(NAME).orElseThrow().connections().active();
    }

    @Override
    public void close() {
        context.close();
    }
}
