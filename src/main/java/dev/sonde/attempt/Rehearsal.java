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

/// Probes against a listener of their own, which nobody else sees.
final class Rehearsal {

    private static final Logger log = LoggerFactory.getLogger(Rehearsal.class);
    private static final ProbeSettings SETTINGS =
            new ProbeSettings(
                    Duration.ofSeconds(1),
                    ProbeSettings.DEFAULT.addresses(),
                    ProbeSettings.DEFAULT.family(),
                    null,
                    CloseMode.RST,
                    ProbeSettings.DEFAULT.handshake());

    private Rehearsal() {}

    /// Runs so many probes one after the other, and waits for them.
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
            // Everything works as well, only the first probes are slower.
            log.atDebug().setCause(e).log("the rehearsal of a probe failed");
        }
    }
}
