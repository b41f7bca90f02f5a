package dev.sonde.attempt;

import dev.sonde.attempt.admission.ConnectPacer;
import dev.sonde.attempt.admission.DescriptorShare;
import dev.sonde.attempt.name.NameResolver;
import dev.sonde.attempt.name.ResolverProperties;
import dev.sonde.eventloop.DescriptorBudget;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.eventloop.Ticker;
import dev.sonde.kernel.KernelFeatures;
import dev.sonde.memory.HeapLedger;
import dev.sonde.policy.FloodPolicy;
import dev.sonde.policy.TargetPolicy;
import dev.sonde.probe.finding.ConnectPace;
import dev.sonde.probe.finding.ListenerTimelines;
import dev.sonde.probe.finding.NameLookup;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.tls.TlsClients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The engine of a process that serves nobody: a command. It has the limits that a service has by
/// default. Every part is safe for any thread.
///
/// A process ends sooner without its threads: at its end the JVM waits 300 ms for one that is in a
/// call of the kernel.
///
/// @param names looks names up as probes do
/// @param resolver asks for names
/// @param pace of all connects
/// @param runner gives every result an id, and keeps none
public record LocalEngine(
        EventLoopGroup loops,
        KernelFeatures kernel,
        DescriptorBudget descriptors,
        HeapLedger ledger,
        NameLookup names,
        NameResolver resolver,
        ConnectPace pace,
        TlsClients tls,
        Prober prober,
        ProbeRunner runner)
        implements AutoCloseable {

    private static final Path PROCESS_LIMITS = Path.of("/proc/self/limits");
    private static final String OPEN_FILES = "Max open files";
    private static final Set<Question> USUAL =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(Question.FLOWS, Question.PORTS)));
    static final ResolverProperties NAMES =
            new ResolverProperties(ResolverProperties.Mode.DNS, 16, 10_000, Duration.ofSeconds(5));

    /// The parts of a command's engine.
    ///
    /// @param loops event loops; 0 means one for each core
    public record Parts(
            TargetPolicy policy,
            FloodPolicy floods,
            KernelFeatures kernel,
            TlsClients tls,
            int loops) {}

    /// Starts the loops.
    public static LocalEngine start(Parts parts) {
        EngineProperties limits = limits(ownShare());
        EngineConfiguration assembly = new EngineConfiguration();
        Ticker ticker = assembly.ticker();
        HeapLedger ledger = HeapLedger.ofUsualShares(Runtime.getRuntime().maxMemory());
        EventLoopGroup loops =
                parts.loops() == 0
                        ? assembly.eventLoops(limits, ticker)
                        : new EventLoopGroup(parts.loops(), ticker);
        DescriptorBudget descriptors = assembly.descriptorBudget(limits);
        ConnectPacer pacer = assembly.connectPacer(limits, ticker);
        NameResolver resolver = assembly.resolver(NAMES, limits, ticker);
        Prober prober =
                assembly.prober(
                        loops,
                        parts.kernel(),
                        engine(limits, assembly, parts, descriptors, ledger, pacer),
                        resolver,
                        NAMES);
        loops.start();
        Rehearsal.run(prober, 1); // the first probe would measure the loading of classes
        return new LocalEngine(
                loops,
                parts.kernel(),
                descriptors,
                ledger,
                assembly.nameLookup(resolver),
                resolver,
                pacer,
                parts.tls(),
                prober,
                runner(prober, assembly));
    }

    private static ProbeRunner runner(Prober prober, EngineConfiguration assembly) {
        return new ProbeRunner(
                prober,
                LocalEngine::noModule,
                ListenerTimelines.none(),
                List.of(),
                List.of(),
                assembly.clock());
    }

    /// Ends its threads, and with them what still runs.
    @Override
    public void close() {
        resolver.close();
        loops.close();
    }

    private static Engine engine(
            EngineProperties limits,
            EngineConfiguration assembly,
            Parts parts,
            DescriptorBudget descriptors,
            HeapLedger ledger,
            ConnectPacer pacer) {
        try {
            return assembly.engine(
                    limits,
                    parts.policy(),
                    parts.floods(),
                    descriptors,
                    parts.tls(),
                    ledger,
                    pacer,
                    new Questions(USUAL, assembly.ticker()));
        } catch (IOException e) {
            throw new UncheckedIOException("no socket can be opened", e);
        }
    }

    /// The limits that a service has by default, which only Spring could read there. A test
    /// compares them.
    static EngineProperties limits(int descriptors) {
        return new EngineProperties(
                0, 4_096, 20_000, Duration.ofSeconds(30), descriptors, 25, 50_000, 5_000, true);
    }

    /// The same share as a service takes, or 0 where Linux does not say. The JDK's own way costs a
    /// command a tenth of a second.
    private static int ownShare() {
        try (Stream<String> lines = Files.lines(PROCESS_LIMITS)) {
            return lines.filter(line -> line.startsWith(OPEN_FILES))
                    .map(line -> line.substring(OPEN_FILES.length()).strip().split(" +", 2)[0])
                    .mapToInt(soft -> DescriptorShare.of(Long.parseLong(soft)))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException | NumberFormatException _) {
            return 0;
        }
    }

    private static ProbeSettings noModule(String name) {
        throw new IllegalArgumentException("a command knows no module of the name " + name);
    }
}
