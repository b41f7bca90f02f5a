package dev.sonde.attempt;

import dev.sonde.attempt.admission.Claim;
import dev.sonde.attempt.admission.Share;
import dev.sonde.attempt.name.AddressOrder;
import dev.sonde.attempt.name.NameResolver;
import dev.sonde.attempt.name.Resolution;
import dev.sonde.eventloop.Command;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One probe: the look-up of its name, if it has one, and an attempt at each address that counts.
/// Single use.
///
/// Confined to its loop's thread. Only [#cancel] may be called on other threads. Ends in [#finish].
/// Every connect of a sweep has one, so a part that only names need is made only for a name.
final class ProbeRun implements Command, RunningProbe, TimesBeforeConnect, Consumer<AttemptResult> {

    private final EngineLane place;
    private final Order order;
    private final ProbeSettings settings;
    private final Consumer<List<AttemptResult>> whenDone;
    private final long submittedNanos;

    /// Absent for a literal.
    private @Nullable NameWait lookUp;

    /// Absent before the first attempt.
    private @Nullable Part attempt;

    private boolean done;

    /// The resolver of names, and its limit of time.
    record Names(NameResolver resolver, long timeoutNanos) {}

    /// The target, its settings, and the share of the engine.
    interface Order {

        Share share();

        Target target();

        ProbeSettings settings();

        /// How old an answer of the name service may be that is used again, in nanoseconds.
        long reuseNanos();

        /// An order whose name is looked up anew.
        static Order of(Share share, Target target, ProbeSettings settings) {
            return new Once(share, target, settings, 0);
        }
    }

    private record Once(Share share, Target target, ProbeSettings settings, long reuseNanos)
            implements Order {}

    /// The part of a run that connects: one attempt, or several.
    interface Part {

        /// Ends it as `cancelled`, on the loop.
        void cancel(String detail);
    }

    ProbeRun(EngineLane place, Order order, Consumer<List<AttemptResult>> whenDone) {
        this.place = place;
        this.order = order;
        this.settings = AskedServer.in(order.settings(), order.target());
        this.whenDone = whenDone;
        this.submittedNanos = place.now();
    }

    @Override
    public void run() {
        if (done) {
            return;
        }
        try {
            InetSocketAddress literal;
            try {
                literal = place.literals().of(order.target());
            } catch (InterfaceGoneException e) {
                finish(List.of(notProbed(NotProbedReason.LOCAL_ERROR, null, e.sentence())));
                return;
            }
            if (literal != null) {
                attemptLiteral(literal);
            } else {
                lookUp = new NameWait(this, place, order, settings);
                lookUp.begin();
            }
        } catch (RuntimeException e) {
            onFailure(e);
        }
    }

    @Override
    public void cancel() {
        place.loop().execute(Command.of(() -> cancelOnLoop("the caller cancelled it")));
    }

    private void attemptLiteral(InetSocketAddress remote) {
        if (AddressOrder.isOf(settings.family(), remote.getAddress())) {
            begin(remote);
        } else {
            String detail =
                    "the target is an address of the other family than the settings ask for";
            finish(List.of(notProbed(NotProbedReason.LOCAL_ERROR, null, detail)));
        }
    }

    /// The look-up has ended.
    void lookedUp(Resolution resolution) {
        switch (resolution) {
            case Resolution.Unresolved(Outcome outcome, long tookNanos, var evidence) ->
                    finish(List.of(unresolved(outcome, tookNanos).withLookup(evidence)));
            case Resolution.Found found -> found(found);
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
            attempt(isFirst ? wanted.subList(0, 1) : wanted);
        }
    }

    private void attempt(List<InetAddress> addresses) {
        int port = order.target().port();
        if (addresses.size() == 1) {
            begin(new InetSocketAddress(addresses.getFirst(), port));
        } else if (settings.addresses() == AddressSelection.ANY) {
            var start = new AddressRace.Start(place, port, this);
            AddressRace race = new AddressRace(start, addresses, settings, this::finish);
            attempt = race;
            race.begin();
        } else {
            AllAddresses all = new AllAddresses(addresses, port);
            attempt = all;
            all.attempts.forEach(ProbeAttempt::begin);
        }
    }

    /// The only attempt, as at every literal.
    private void begin(InetSocketAddress remote) {
        ProbeAttempt only = new ProbeAttempt(place, remote, settings, this, this);
        attempt = only;
        only.begin();
    }

    /// The result of the only attempt.
    @Override
    public void accept(AttemptResult result) {
        finish(List.of(result));
    }

    /// An attempt at each address of a name.
    private final class AllAddresses implements Part {

        private final List<ProbeAttempt> attempts;
        private final @Nullable AttemptResult[] results;
        private int missing;

        AllAddresses(List<InetAddress> addresses, int port) {
            missing = addresses.size();
            results = new @Nullable AttemptResult[missing];
            attempts = new ArrayList<>(missing);
            for (InetAddress address : addresses) {
                int number = attempts.size();
                attempts.add(
                        new ProbeAttempt(
                                place,
                                new InetSocketAddress(address, port),
                                settings,
                                ProbeRun.this,
                                result -> collect(number, result)));
            }
        }

        private void collect(int number, AttemptResult result) {
            results[number] = result;
            missing--;
            if (missing == 0) {
                List<AttemptResult> all = new ArrayList<>(results.length);
                Arrays.stream(results).forEach(all::add);
                finish(all);
            }
        }

        @Override
        public void cancel(String detail) {
            attempts.forEach(each -> each.cancel(detail));
        }
    }

    @Override
    public Claim claim() {
        return Claim.of(order.share(), settings, place.engine().queueTimeoutNanos());
    }

    @Override
    public long submittedNanos() {
        return submittedNanos;
    }

    @Override
    public Resolution.@Nullable Found resolved() {
        return lookUp == null ? null : lookUp.found();
    }

    void onFailure(Exception cause) {
        finish(List.of(notProbed(NotProbedReason.LOCAL_ERROR, null, cause.toString())));
    }

    @Override
    public void onLoopClosed() {
        cancelOnLoop("the service is shutting down");
    }

    private void cancelOnLoop(String detail) {
        if (attempt != null) {
            attempt.cancel(detail);
        } else {
            Phase phase = lookUp != null && lookUp.isRunning() ? Phase.RESOLVE : Phase.QUEUE;
            finish(List.of(notProbed(NotProbedReason.CANCELLED, phase, detail)));
        }
    }

    private AttemptResult notProbed(NotProbedReason reason, @Nullable Phase phase, String detail) {
        long resolveNanos = lookUp == null ? 0 : lookUp.tookNanos();
        return unresolved(new Outcome.NotProbed(reason, phase, detail), resolveNanos);
    }

    private AttemptResult unresolved(Outcome outcome, long resolveNanos) {
        long totalNanos = place.now() - submittedNanos;
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
        if (lookUp != null) {
            lookUp.stop();
        }
        whenDone.accept(all);
    }
}
