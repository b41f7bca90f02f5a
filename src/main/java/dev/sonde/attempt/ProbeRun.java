package dev.sonde.attempt;

import dev.sonde.attempt.admission.Claim;
import dev.sonde.attempt.admission.Share;
import dev.sonde.attempt.name.AddressOrder;
import dev.sonde.attempt.name.NameQuestion;
import dev.sonde.attempt.name.NameResolver;
import dev.sonde.attempt.name.Resolution;
import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.lane.Lane;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.spec.AddressSelection;
import dev.sonde.probe.spec.InterfaceGoneException;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One probe: the look-up of its name, if it has one, and an attempt at each address that counts.
/// Single use.
///
/// Confined to its loop's thread. Only [#cancel] may be called on other threads. The resolver's
/// thread writes when it started. Ends in [#finish].
final class ProbeRun implements Command, DeadlineHandler, RunningProbe {

    private final Engine engine;
    private final Lane lane;
    private final Share share;
    private final Names names;
    private final Target target;
    private final ProbeSettings settings;
    private final Consumer<List<AttemptResult>> whenDone;
    private final long submittedNanos;
    private final long reuseNanos;
    private NameResolver.@Nullable Waiting waiting;
    private @Nullable Deadline lookupDeadline;
    private @Nullable AddressRace race;
    private List<ProbeAttempt> attempts = List.of();
    private @Nullable AttemptResult[] results = {};
    private int missing;
    private boolean done;

    /// When the look-up began: written by the resolver's thread, read by the loop.
    private volatile @Nullable Long lookupStartedNanos;

    /// The resolver of names, and its limit of time.
    record Names(NameResolver resolver, long timeoutNanos) {}

    /// The target, its settings, and the share of the engine.
    ///
    /// @param reuseNanos how old an answer of the name service may be that is used again
    record Order(Share share, Target target, ProbeSettings settings, long reuseNanos) {}

    ProbeRun(
            Engine engine,
            Lane lane,
            Names names,
            Order order,
            Consumer<List<AttemptResult>> whenDone) {
        this.engine = engine;
        this.lane = lane;
        this.share = order.share();
        this.names = names;
        this.target = order.target();
        this.reuseNanos = order.reuseNanos();
        this.settings = AskedServer.in(order.settings(), target);
        this.whenDone = whenDone;
        this.submittedNanos = lane.loop().ticker().read();
    }

    @Override
    public void run() {
        if (done) {
            return;
        }
        try {
            Optional<InetAddress> literal;
            try {
                literal = target.address();
            } catch (InterfaceGoneException e) {
                finish(List.of(notProbed(NotProbedReason.LOCAL_ERROR, null, e.sentence())));
                return;
            }
            if (literal.isPresent()) {
                attempt(List.of(literal.get()), null);
            } else {
                lookUp();
            }
        } catch (RuntimeException e) {
            onFailure(e);
        }
    }

    @Override
    public void cancel() {
        lane.loop().execute(Command.of(() -> cancelOnLoop("the caller cancelled it")));
    }

    private void lookUp() {
        lookupDeadline = lane.loop().scheduleAt(submittedNanos + lookupNanos(), this);
        waiting =
                names.resolver()
                        .resolve(
                                new NameQuestion(
                                        share, target.host(), settings.family(), reuseNanos),
                                () -> lookupStartedNanos = lane.loop().ticker().read(),
                                resolution -> lane.loop().execute(new Resolved(resolution)));
    }

    /// How long the look-up may take, and how long it may wait for its turn before that.
    private long lookupNanos() {
        return Math.min(settings.timeout().toNanos(), names.timeoutNanos());
    }

    /// The resolver's answer, back on the loop.
    private final class Resolved implements Command {

        private final Resolution resolution;

        Resolved(Resolution resolution) {
            this.resolution = resolution;
        }

        @Override
        public void run() {
            if (lookupDeadline == null) {
                return;
            }
            lane.loop().cancel(lookupDeadline);
            lookupDeadline = null;
            waiting = null;
            switch (resolution) {
                case Resolution.Unresolved(Outcome outcome, long tookNanos, var evidence) ->
                        finish(List.of(unresolved(outcome, tookNanos).withLookup(evidence)));
                case Resolution.Found found -> found(found);
            }
        }

        @Override
        public void onLoopClosed() {
            ProbeRun.this.onLoopClosed();
        }
    }

    private void found(Resolution.Found found) {
        List<InetAddress> wanted = AddressOrder.inOrder(found.addresses(), settings.family());
        if (wanted.isEmpty()) {
            Outcome none =
                    new Outcome.Failed(
                            FailureReason.NO_ADDRESS,
                            Phase.RESOLVE,
                            "the name has no address of the family that the settings ask for");
            finish(List.of(unresolved(none, found.tookNanos()).withLookup(found.evidence())));
        } else {
            boolean isFirst = settings.addresses() == AddressSelection.FIRST;
            attempt(isFirst ? wanted.subList(0, 1) : wanted, found);
        }
    }

    private void attempt(List<InetAddress> addresses, Resolution.@Nullable Found resolved) {
        if (AddressOrder.inOrder(addresses, settings.family()).isEmpty()) {
            String detail =
                    "the target is an address of the other family than the settings ask for";
            finish(List.of(notProbed(NotProbedReason.LOCAL_ERROR, null, detail)));
            return;
        }
        Claim claim = Claim.of(share, settings, engine.queueTimeoutNanos());
        var waited = TimesBeforeConnect.of(claim, submittedNanos, resolved);
        if (settings.addresses() == AddressSelection.ANY && addresses.size() > 1) {
            var start = new AddressRace.Start(engine, lane, target.port(), waited);
            race = new AddressRace(start, addresses, settings, this::finish);
            race.begin();
            return;
        }
        if (addresses.size() == 1) {
            begin(addresses.getFirst(), waited);
            return;
        }
        missing = addresses.size();
        results = new @Nullable AttemptResult[missing];
        List<ProbeAttempt> started = new ArrayList<>(missing);
        for (InetAddress address : addresses) {
            int place = started.size();
            var remote = new InetSocketAddress(address, target.port());
            started.add(
                    new ProbeAttempt(
                            engine, lane, remote, settings, waited, r -> collect(place, r)));
        }
        attempts = started;
        started.forEach(ProbeAttempt::begin);
    }

    /// The only attempt, as at every literal.
    private void begin(InetAddress address, TimesBeforeConnect waited) {
        var remote = new InetSocketAddress(address, target.port());
        ProbeAttempt only =
                new ProbeAttempt(
                        engine, lane, remote, settings, waited, result -> finish(List.of(result)));
        attempts = List.of(only);
        only.begin();
    }

    private void collect(int place, AttemptResult result) {
        results[place] = result;
        missing--;
        if (missing == 0) {
            List<AttemptResult> all = new ArrayList<>(results.length);
            Arrays.stream(results).forEach(all::add);
            finish(all);
        }
    }

    /// The look-up took too long, or never had its turn, which says nothing about the name. A
    /// look-up that started late still has its whole time, because the wait was the prober's own.
    @Override
    public void onDeadline(Deadline deadline) {
        lookupDeadline = null;
        Long startedNanos = lookupStartedNanos;
        if (startedNanos == null) {
            finish(List.of(unresolved(NameResolver.busy(), 0)));
            return;
        }
        long tookNanos = lane.loop().ticker().read() - startedNanos;
        if (tookNanos < lookupNanos()) {
            lookupDeadline = lane.loop().scheduleAt(startedNanos + lookupNanos(), this);
            return;
        }
        Outcome late =
                new Outcome.Failed(
                        FailureReason.RESOLVE_TIMED_OUT,
                        Phase.RESOLVE,
                        "the name service did not answer within %d ms"
                                .formatted(tookNanos / 1_000_000));
        finish(List.of(unresolved(late, tookNanos)));
    }

    @Override
    public void onFailure(Exception cause) {
        finish(List.of(notProbed(NotProbedReason.LOCAL_ERROR, null, cause.toString())));
    }

    @Override
    public void onLoopClosed() {
        cancelOnLoop("the service is shutting down");
    }

    private void cancelOnLoop(String detail) {
        if (race != null) {
            race.cancel(detail);
        } else if (attempts.isEmpty()) {
            Phase phase = lookupDeadline == null ? Phase.QUEUE : Phase.RESOLVE;
            finish(List.of(notProbed(NotProbedReason.CANCELLED, phase, detail)));
        } else {
            attempts.forEach(attempt -> attempt.cancel(detail));
        }
    }

    private AttemptResult notProbed(NotProbedReason reason, @Nullable Phase phase, String detail) {
        Long startedNanos = lookupStartedNanos;
        long resolveNanos = startedNanos == null ? 0 : lane.loop().ticker().read() - startedNanos;
        return unresolved(new Outcome.NotProbed(reason, phase, detail), resolveNanos);
    }

    private AttemptResult unresolved(Outcome outcome, long resolveNanos) {
        long totalNanos = lane.loop().ticker().read() - submittedNanos;
        PhaseTime queue = new PhaseTime(Phase.QUEUE, Math.max(0, totalNanos - resolveNanos));
        List<PhaseTime> phases =
                resolveNanos == 0
                        ? List.of(queue)
                        : List.of(queue, new PhaseTime(Phase.RESOLVE, resolveNanos));
        return AttemptResult.unconnected(null, outcome, phases);
    }

    private void finish(List<AttemptResult> all) {
        if (done) {
            return;
        }
        done = true;
        if (lookupDeadline != null) {
            lane.loop().cancel(lookupDeadline);
            lookupDeadline = null;
        }
        if (waiting != null) {
            waiting.leave();
            waiting = null;
        }
        whenDone.accept(all);
    }
}
