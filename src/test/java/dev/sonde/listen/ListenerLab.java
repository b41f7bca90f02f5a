package dev.sonde.listen;

import dev.sonde.eventloop.DescriptorBudget;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.eventloop.Ticker;
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
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerObserver;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.memory.HeapShare;
import dev.sonde.policy.BindPolicy;
import dev.sonde.policy.ListenerPorts;
import dev.sonde.policy.TargetPolicy;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.ListenerTimelines;
import dev.sonde.probe.finding.NameLookup;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.TlsServers;
import dev.sonde.tls.certificate.CertificateAuthority;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/// Two loops, listeners on them, and clients; closed together.
@SuppressWarnings("NullAway") // a null fails the test
final class ListenerLab implements AutoCloseable {

    static final KernelFeatures KERNEL = KernelFeatures.detect();
    static final InetSocketAddress ANY_PORT =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    final BlockingQueue<ListenerEvent> events = new LinkedBlockingQueue<>();
    final ListenerStore store;
    final DescriptorBudget descriptors;
    final Listeners listeners;
    final ListenerTimelines otherEnds;
    final Traces traces = new Traces();
    final RecordMemory memory = new RecordMemory(10_000, new HeapShare("recordings", 10_000));
    final EventLoopGroup loops = new EventLoopGroup(2, Ticker.system());
    final CertificateAuthority authority;

    /// Every name is unknown, unless a test says otherwise.
    volatile NameLookup names =
            (_, whenDone) ->
                    whenDone.accept(
                            new NameLookup.Answer.Unknown(
                                    new Outcome.Failed(
                                            FailureReason.NAME_NOT_FOUND, Phase.RESOLVE, "none")));
    /// An observer beside the queue of events.
    volatile ListenerObserver alsoTold = _ -> {};

    /// The time until a connect to an upstream may leave.
    volatile long paceNanos;

    private final TlsClients tlsClients;
    private final Path folder;
    private final List<Closeable> clients = new ArrayList<>();

    ListenerLab() {
        this(new MemoryListenerStore(), 1_000);
    }

    ListenerLab(ListenerStore store, int descriptorLimit) {
        this.store = store;
        this.folder = temporaryFolder();
        this.authority = new CertificateAuthority(folder, Clock.systemUTC());
        this.tlsClients = new TlsClients(authority, 2);
        this.descriptors = new DescriptorBudget(descriptorLimit);
        BindPolicy policy =
                new BindPolicy(List.of("127.0.0.0/8", "192.0.2.0/24", "::1"), () -> Set.of(8_080));
        ListenEngine engine =
                new ListenEngine(
                        new Lanes(loops, KERNEL),
                        new SocketRules(
                                descriptors,
                                policy,
                                new ListenerPorts(),
                                ErrorTexts.ofThisProcess()),
                        new ConnectionRecords(memory, traces, new AtomicLong()::incrementAndGet),
                        Clock.systemUTC(),
                        List.of(events::add, event -> alsoTold.onEvent(event)),
                        Duration.ofMillis(20),
                        new TlsServers(authority, tlsClients.threads()),
                        upstreams());
        this.otherEnds = new OwnTimelines(engine);
        this.listeners = new Listeners(engine, store, 10, new HeapShare("definitions", 1 << 20));
        loops.start();
    }

    private Upstreams upstreams() {
        return new Upstreams(
                new TargetPolicy(List.of(), List.of("127.0.0.66/32"), true),
                (host, whenDone) -> names.resolve(host, whenDone),
                (_, _) -> paceNanos,
                tlsClients,
                new ProxyRoutes(),
                new ProxyMemory(262_144, 16 << 20),
                Duration.ofSeconds(10));
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("sonde-listen");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ListenerSpec spec(Behaviour behaviour) {
        return ListenerSpec.of("a", ANY_PORT, behaviour);
    }

    InetSocketAddress open(Behaviour behaviour) {
        return open(spec(behaviour));
    }

    InetSocketAddress open(ListenerSpec spec) {
        return listeners.create(spec).address();
    }

    ListenerStatus status() {
        return listeners.get("a").orElseThrow();
    }

    /// A client that waits at most ten seconds for what it reads.
    Socket connect(InetSocketAddress to) throws IOException {
        return connect(new Socket(), to);
    }

    /// A client whose receive buffer the kernel does not grow.
    Socket connectWithSmallBuffer(InetSocketAddress to) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(16_384);
        return connect(client, to);
    }

    private Socket connect(Socket client, InetSocketAddress to) throws IOException {
        clients.add(client);
        client.setSoTimeout(10_000);
        client.connect(to);
        return client;
    }

    /// Whether a new client is reset. The connect itself can report the reset.
    boolean isReset(InetSocketAddress to) throws IOException {
        try {
            connect(to).getInputStream().read();
            return false;
        } catch (ConnectException e) {
            throw e;
        } catch (SocketException e) {
            return true;
        }
    }

    /// A client whose connect was started and not waited for.
    SocketChannel startConnect(InetSocketAddress to) throws IOException {
        SocketChannel client = SocketChannel.open();
        client.configureBlocking(false);
        client.connect(to);
        clients.add(client);
        return client;
    }

    /// Those that the loops know.
    int channels() {
        return loops.loops().stream().mapToInt(loop -> loop.inspect().join().channels()).sum();
    }

    static void reset(Socket client) throws IOException {
        client.setOption(StandardSocketOptions.SO_LINGER, 0);
        client.close();
    }

    /// The next connection that ends, in full.
    ConnectionView ended() throws InterruptedException {
        ListenerEvent.Ended ended = next(ListenerEvent.Ended.class);
        return listeners.connections(ended.listener()).orElseThrow().stream()
                .filter(view -> view.id() == ended.connection())
                .findFirst()
                .orElseThrow();
    }

    <E extends ListenerEvent> E next(Class<E> kind) throws InterruptedException {
        for (int i = 0; i < 10_000; i++) {
            ListenerEvent event =
                    Optional.ofNullable(events.poll(10, TimeUnit.SECONDS)).orElseThrow();
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
        throw new AssertionError("too many other events");
    }

    @Override
    public void close() throws IOException {
        for (Closeable client : clients) {
            client.close();
        }
        listeners.close();
        loops.close();
        tlsClients.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }
}
