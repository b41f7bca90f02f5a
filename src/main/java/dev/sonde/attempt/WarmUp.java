package dev.sonde.attempt;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/// Runs a few probes against a listener of its own when the service starts, so that the first
/// user's probe does not measure the loading of classes. They reach no sink and no metric.
@Component
final class WarmUp implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final int PROBES = 200;
    private static final ProbeSettings SETTINGS =
            new ProbeSettings(
                    Duration.ofSeconds(1),
                    ProbeSettings.DEFAULT.addresses(),
                    ProbeSettings.DEFAULT.family(),
                    null,
                    CloseMode.RST,
                    ProbeSettings.DEFAULT.handshake());

    private final Prober prober;

    WarmUp(Prober prober) {
        this.prober = prober;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        run(prober, PROBES);
    }

    /// Runs so many probes against a listener of its own.
    static void run(Prober prober, int probes) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocketChannel listener = ServerSocketChannel.open()) {
            listener.bind(new InetSocketAddress(loopback, 0), probes);
            InetSocketAddress own = (InetSocketAddress) listener.getLocalAddress();
            Target target = new Target(loopback.getHostAddress(), own.getPort());
            Prober warming = prober.onlyFor(own);
            for (int i = 0; i < probes; i++) {
                CompletableFuture<List<AttemptResult>> done = new CompletableFuture<>();
                warming.submit(target, SETTINGS, done::complete);
                done.join();
            }
        } catch (IOException e) {
            // The service works as well, only its first probes are slower.
            log.atDebug().setCause(e).log("no warm-up");
        }
    }
}
