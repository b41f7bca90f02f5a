package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.attempt.admission.Admission;
import dev.sonde.attempt.admission.ConnectPacer;
import dev.sonde.attempt.admission.FairLine;
import dev.sonde.attempt.admission.Share;
import dev.sonde.attempt.connect.ConnectErrors;
import dev.sonde.attempt.name.Resolver;
import dev.sonde.eventloop.DescriptorBudget;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.eventloop.Ticker;
import dev.sonde.kernel.ErrorTexts;
import dev.sonde.kernel.KernelFeatures;
import dev.sonde.memory.HeapShare;
import dev.sonde.policy.FloodPolicy;
import dev.sonde.policy.TargetPolicy;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.certificate.CertificateAuthority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// An engine for tests: real sockets, with limits, look-ups and time as the test says.
///
/// One that is driven by hand belongs to the thread that makes it; one that is started puts its
/// loops into the network namespace of the thread that makes it.
final class TestEngine implements AutoCloseable {

    static final KernelFeatures KERNEL = KernelFeatures.detect();
    static final KernelFeatures NO_KERNEL = KernelFeatures.none("off in this test");

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long PAUSE_NANOS = 100_000;

    final EventLoopGroup loops;
    final DescriptorBudget budget;
    final Admission admission;
    final Prober prober;
    private final Resolver resolver;
    private final boolean byHand;

    private TestEngine(Setup setup, List<EventLoop> loops, boolean byHand) {
        this.loops = new EventLoopGroup(loops);
        this.byHand = byHand;
        this.budget =
                new DescriptorBudget(
                        setup.descriptors, FairLine.part(setup.descriptors, setup.reservedPercent));
        this.admission =
                new Admission(
                        new Admission.Limits(
                                setup.inFlight,
                                setup.queue,
                                new HeapShare("attempts", setup.bytes),
                                setup.reservedPercent),
                        budget);
        this.resolver =
                new Resolver(
                        setup.lookup,
                        setup.ticker,
                        new Resolver.Limits(
                                setup.lookups, setup.lookupQueue, setup.reservedPercent));
        ConnectPacer pacer =
                new ConnectPacer(
                        setup.perSecond,
                        setup.perSecondPerAddress,
                        setup.queueTimeout.toNanos(),
                        setup.ticker.read());
        Engine engine =
                new Engine(
                        setup.policy,
                        new FloodPolicy(setup.floods),
                        pacer,
                        admission,
                        new ConnectErrors(ErrorTexts.ofThisProcess()),
                        setup.tls,
                        new Questions(EnumSet.allOf(Question.class), setup.ticker),
                        setup.queueTimeout.toNanos(),
                        true,
                        null);
        this.prober =
                new Prober(
                        this.loops,
                        setup.kernel,
                        engine,
                        new ProbeRun.Names(resolver, setup.lookupTimeout.toNanos()));
    }

    /// What an engine is made of, generous unless said otherwise.
    static final class Setup {
        private Ticker ticker = Ticker.system();
        private KernelFeatures kernel = KERNEL;
        private TargetPolicy policy = new TargetPolicy(List.of(), List.of(), true);
        private List<String> floods = List.of("127.0.0.0/8", "10.77.0.0/16");
        private TlsClients tls =
                new TlsClients(
                        new CertificateAuthority(Path.of("target/no-authority"), Clock.systemUTC()),
                        1);
        private Resolver.Lookup lookup = InetAddress::getAllByName;
        private Duration lookupTimeout = Duration.ofSeconds(5);
        private Duration queueTimeout = Duration.ofSeconds(30);
        private int lookups = 2;
        private int lookupQueue = 100;
        private int inFlight = 10_000;
        private int queue = 10_000;
        private int descriptors = 10_000;
        private long bytes = 1L << 30;
        private int reservedPercent;
        private int perSecond = 1_000_000;
        private int perSecondPerAddress = 1_000_000;

        Setup ticker(Ticker value) {
            ticker = value;
            return this;
        }

        Setup kernel(KernelFeatures value) {
            kernel = value;
            return this;
        }

        Setup policy(List<String> allow, List<String> deny) {
            policy = new TargetPolicy(allow, deny, true);
            return this;
        }

        Setup floods(List<String> allow) {
            floods = allow;
            return this;
        }

        Setup tls(TlsClients value) {
            tls.close();
            tls = value;
            return this;
        }

        Setup lookup(Resolver.Lookup value) {
            lookup = value;
            return this;
        }

        Setup lookups(int concurrency, int line) {
            lookups = concurrency;
            lookupQueue = line;
            return this;
        }

        Setup lookupTimeout(Duration value) {
            lookupTimeout = value;
            return this;
        }

        Setup inFlight(int value) {
            inFlight = value;
            return this;
        }

        Setup queue(int length, Duration timeout) {
            queue = length;
            queueTimeout = timeout;
            return this;
        }

        /// Of heap for attempts in flight.
        Setup bytes(long value) {
            bytes = value;
            return this;
        }

        /// What checks leave alone.
        Setup reservedPercent(int value) {
            reservedPercent = value;
            return this;
        }

        Setup descriptors(int value) {
            descriptors = value;
            return this;
        }

        Setup connectsPerSecond(int inAll, int perAddress) {
            perSecond = inAll;
            perSecondPerAddress = perAddress;
            return this;
        }

        /// One loop that turns only when the test says so.
        TestEngine byHand() {
            EventLoop loop = new EventLoop("by-hand", ticker);
            loop.turn();
            return new TestEngine(this, List.of(loop), true);
        }

        /// Two loops with threads of their own.
        TestEngine started() {
            List<EventLoop> two =
                    List.of(new EventLoop("one", ticker), new EventLoop("two", ticker));
            TestEngine engine = new TestEngine(this, two, false);
            engine.loops.start();
            return engine;
        }
    }

    static Setup setup() {
        return new Setup();
    }

    static TestEngine byHand() {
        return setup().byHand();
    }

    Submitted submit(String target, ProbeSettings settings) {
        Submitted submitted = new Submitted();
        submitted.probe = prober.submit(Target.parse(target), settings, submitted::done);
        return submitted;
    }

    Submitted submit(Share share, SocketAddress target, ProbeSettings settings) {
        Submitted submitted = new Submitted();
        submitted.probe =
                prober.submit(share, Target.parse(text(target)), settings, submitted::done);
        return submitted;
    }

    Submitted submit(SocketAddress target, ProbeSettings settings) {
        return submit(text(target), settings);
    }

    /// Probes a target that has one address, to the end.
    AttemptResult probe(String target, ProbeSettings settings) {
        return await(submit(target, settings)).attempt();
    }

    AttemptResult probe(SocketAddress target, ProbeSettings settings) {
        return probe(text(target), settings);
    }

    Submitted await(Submitted submitted) {
        turnUntil(submitted::isDone);
        return submitted;
    }

    void turn() {
        loop().turn();
    }

    /// Turns, or waits for loops that turn by themselves.
    void turnUntil(BooleanSupplier fact) {
        long startNanos = System.nanoTime();
        while (!fact.getAsBoolean()) {
            assertThat(System.nanoTime() - startNanos).isLessThan(PATIENCE.toNanos());
            if (byHand) {
                turn();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    EventLoop loop() {
        return loops.loops().getFirst();
    }

    /// Every slot and every descriptor is back, and nobody waits.
    void assertNothingHeld() {
        assertThat(prober.inFlight()).isZero();
        assertThat(prober.queued()).isZero();
        assertThat(budget.used()).isZero();
    }

    static String text(SocketAddress address) {
        InetSocketAddress inet = (InetSocketAddress) address;
        return new Target(inet.getAddress().getHostAddress(), inet.getPort()).toString();
    }

    @Override
    public void close() {
        loops.close();
        resolver.close();
    }
}
