package dev.sonde.listen;

import dev.sonde.eventloop.DescriptorBudget;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.kernel.ErrorTexts;
import dev.sonde.kernel.KernelFeatures;
import dev.sonde.listen.engine.ConnectionRecords;
import dev.sonde.listen.engine.Lanes;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.engine.ProxyMemory;
import dev.sonde.listen.engine.ProxyRoutes;
import dev.sonde.listen.engine.SocketRules;
import dev.sonde.listen.engine.Upstreams;
import dev.sonde.listen.record.RecordMemory;
import dev.sonde.listen.record.Traces;
import dev.sonde.listen.spec.ListenerObserver;
import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.memory.HeapLedger;
import dev.sonde.policy.BindPolicy;
import dev.sonde.policy.ListenerPorts;
import dev.sonde.policy.TargetPolicy;
import dev.sonde.probe.finding.ConnectPace;
import dev.sonde.probe.finding.NameLookup;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.TlsServers;
import dev.sonde.tls.certificate.CertificateAuthority;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// The listeners of a command, which serves no callers. They have the default limits of a service,
/// and nothing is stored.
public final class LocalListeners {

    private static final int MOST = 1_000;
    private static final int PROXY_BUFFER = 256 << 10;
    private static final long MEMORY = 64L << 20;

    private LocalListeners() {}

    /// The parts that the listeners share with the engine of probes.
    public record Parts(
            EventLoopGroup loops,
            KernelFeatures kernel,
            DescriptorBudget descriptors,
            HeapLedger ledger,
            NameLookup names,
            ConnectPace pace,
            TlsClients tls,
            CertificateAuthority authority) {}

    public static Listeners open(
            Parts parts, BindPolicy binds, TargetPolicy targets, ListenerObserver observer) {
        ListenEngine engine =
                new ListenEngine(
                        new Lanes(parts.loops(), parts.kernel()),
                        new SocketRules(
                                parts.descriptors(),
                                binds,
                                new ListenerPorts(),
                                ErrorTexts.ofThisProcess()),
                        new ConnectionRecords(
                                new RecordMemory(MEMORY, parts.ledger().share("recordings")),
                                new Traces(),
                                new AtomicLong()::incrementAndGet),
                        Clock.systemUTC(),
                        List.of(observer),
                        Duration.ofSeconds(5),
                        new TlsServers(parts.authority(), parts.tls().threads()),
                        new Upstreams(
                                targets,
                                parts.names(),
                                parts.pace(),
                                parts.tls(),
                                new ProxyRoutes(),
                                new ProxyMemory(PROXY_BUFFER, MEMORY),
                                Duration.ofSeconds(10)));
        return new Listeners(engine, new NoStore(), MOST, parts.ledger().share("definitions"));
    }

    /// A store that keeps nothing.
    private static final class NoStore implements ListenerStore {

        @Override
        public void save(StoredListener listener) {}

        @Override
        public void delete(String name) {}

        @Override
        public List<StoredListener> all() {
            return List.of();
        }
    }
}
