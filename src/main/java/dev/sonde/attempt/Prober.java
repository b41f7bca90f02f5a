package dev.sonde.attempt;

import dev.sonde.attempt.admission.Share;
import dev.sonde.attempt.path.PathEntry;
import dev.sonde.attempt.path.PathOrder;
import dev.sonde.attempt.path.Walk;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.kernel.KernelFeatures;
import dev.sonde.kernel.KernelSockets;
import dev.sonde.lane.Lane;
import dev.sonde.policy.TargetPolicy;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.path.PathSettings;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.Handshake;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Runs probes on the shared event loops. Safe for any thread.
public final class Prober {

    private final EventLoopGroup loops;
    private final Map<EventLoop, EngineLane> lanes;
    private final Engine engine;

    Prober(EventLoopGroup loops, KernelFeatures kernel, Engine engine, ProbeRun.Names names) {
        this(loops, engine, lanes(loops, loop -> lane(loop, kernel, engine, names)));
    }

    private Prober(EventLoopGroup loops, Engine engine, Map<EventLoop, EngineLane> lanes) {
        this.loops = loops;
        this.engine = engine;
        this.lanes = lanes;
    }

    private static Map<EventLoop, EngineLane> lanes(
            EventLoopGroup loops, Function<EventLoop, EngineLane> make) {
        return loops.loops().stream()
                .collect(Collectors.toUnmodifiableMap(Function.identity(), make));
    }

    private static EngineLane lane(
            EventLoop loop, KernelFeatures kernel, Engine engine, ProbeRun.Names names) {
        Lane lane = new Lane(loop, new KernelSockets(kernel));
        return new EngineLane(engine, lane, names, new LiteralAddresses());
    }

    /// The same loops under another engine.
    private Prober with(Engine other) {
        return new Prober(loops, other, lanes(loops, loop -> laneOf(loop).with(other)));
    }

    private EngineLane laneOf(EventLoop loop) {
        return Objects.requireNonNull(lanes.get(loop), "a loop of another group");
    }

    /// Starts one probe of the reserved share.
    ///
    /// @see #submit(Share, Target, ProbeSettings, Consumer)
    public RunningProbe submit(
            Target target, ProbeSettings settings, Consumer<List<AttemptResult>> whenDone) {
        return submit(Share.RESERVED, target, settings, whenDone);
    }

    /// Starts one probe: its name is looked up, and each address that counts is tried.
    ///
    /// @param whenDone called exactly once, with one result for each address tried, at least one;
    ///     it must neither block nor throw. It runs on an event loop's thread, or on the caller's
    ///     if the probe is refused at once.
    public RunningProbe submit(
            Share share,
            Target target,
            ProbeSettings settings,
            Consumer<List<AttemptResult>> whenDone) {
        return submit(ProbeRun.Order.of(share, target, settings), whenDone);
    }

    /// The same, for a name whose answer may be used again.
    RunningProbe submit(ProbeRun.Order order, Consumer<List<AttemptResult>> whenDone) {
        if (order.settings().handshake() == Handshake.HALF_OPEN && !engine.halfOpen()) {
            whenDone.accept(List.of(noHalfOpen()));
            return () -> {};
        }
        EventLoop loop = loops.next();
        ProbeRun run = new ProbeRun(laneOf(loop), order, whenDone);
        loop.execute(run);
        return run;
    }

    /// Starts a question on one of the loops.
    RunningProbe begin(Function<Lane, Walk> make) {
        EventLoop loop = loops.next();
        Walk walk = make.apply(laneOf(loop).lane());
        loop.execute(walk);
        return walk::cancel;
    }

    /// The target of a question, under the settings of its run.
    PathOrder order(InetSocketAddress remote, ProbeSettings settings) {
        PathSettings path = settings.path();
        return new PathOrder(
                remote,
                path == null ? PathSettings.DEFAULT : path,
                settings.sourceAddress(),
                settings.close() == CloseMode.RST,
                settings.handshake() == Handshake.HALF_OPEN,
                null,
                engine.errors());
    }

    /// The way of further sockets to an address into the engine.
    PathEntry entry(InetSocketAddress remote, Share share) {
        return engine.entry(remote, share);
    }

    /// A prober whose segments are small in both directions.
    Prober withSegments(int bytes) {
        return with(engine.withSegments(bytes));
    }

    Questions questions() {
        return engine.questions();
    }

    /// A prober that reaches only one address and port, independent of the policy's rules: for a
    /// socket of this service.
    Prober onlyFor(InetSocketAddress own) {
        TargetPolicy only = new TargetPolicy(List.of(AddressText.of(own)), List.of(), true);
        return with(engine.withPolicy(only));
    }

    /// Attempts that hold a slot: a socket and a descriptor.
    public int inFlight() {
        return engine.admission().inFlight();
    }

    /// Attempts that wait for a slot or for a token of the rate limits.
    public int queued() {
        return engine.admission().waiting();
    }

    /// How many attempts of checks may hold a slot together.
    public int inFlightOfChecks() {
        return engine.admission().limits().inFlightOfCallers();
    }

    /// Whether new work of the reserved share would be refused as things stand.
    public boolean isFull() {
        return engine.admission().isFull();
    }

    private static AttemptResult noHalfOpen() {
        Outcome outcome =
                new Outcome.NotProbed(
                        NotProbedReason.LOCAL_ERROR,
                        null,
                        "this platform cannot withhold the final ACK (TCP_QUICKACK)");
        return AttemptResult.unconnected(null, outcome, List.of(new PhaseTime(Phase.QUEUE, 0)));
    }
}
