package dev.sonde.check;

import dev.sonde.memory.HeapLedger;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.keeping.ResultIds;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The running checks and the ended ones that are still kept. Safe for any thread.
///
/// Checks stop before the web server does. Running ones end as cancelled, so waiting callers get an
/// answer and the server's grace period is short.
@Component
public final class Checks implements SmartLifecycle {

    private final CheckRun.Ports ports;
    private final HeapShare memory;
    private final Clock clock;
    private final ResultIds ids;
    private final CheckProperties properties;
    private final CheckRegistry shelf;

    public Checks(
            CheckEngine engine,
            HeapLedger ledger,
            Clock clock,
            ResultIds ids,
            CheckProperties properties) {
        this.ports = engine.ports();
        this.memory = ledger.share("checks");
        this.clock = clock;
        this.ids = ids;
        this.properties = properties;
        this.shelf = new CheckRegistry(properties, memory, ports.loops().ticker());
    }

    /// Starts a check.
    ///
    /// @param caller name of the caller; absent for an anonymous one
    /// @throws TooManyTargetsException for more targets than this form allows
    /// @throws TooManyChecksException when no room is left for another
    public CheckRun start(CheckSpec spec, Delivery delivery, @Nullable String caller) {
        long total = spec.total();
        requireAllowed(total, delivery);
        KeptCheck.Need need =
                new KeptCheck.Need(
                        delivery == Delivery.STREAMED ? 0 : total, spec.targets().bytes());
        requirePossible(need);
        ResultBuffer outlet =
                delivery == Delivery.STREAMED
                        ? new ResultQueue(
                                Math.max(properties.streamWindow(), spec.concurrency()), memory)
                        : new ResultLog(total, memory);
        Instant started = clock.instant();
        CheckRun.Identity identity = new CheckRun.Identity(ids.next(started), started, caller);
        CheckRun run = new CheckRun(identity, spec, ports, outlet);
        run.start(shelf.add(run, need));
        return run;
    }

    public Optional<CheckRun> find(UUID id) {
        return shelf.find(id);
    }

    /// Those that run and those that are kept, newest first.
    ///
    /// @param before the last one seen, at any replica; absent for the first page
    public List<CheckRun> newestFirst(@Nullable UUID before, int limit) {
        return shelf.newestFirst(before, limit);
    }

    /// Cancels a check that runs; forgets one that has ended.
    ///
    /// @return false when there was nothing to delete: it is unknown, or was deleted before
    public boolean delete(UUID id) {
        return shelf.delete(id);
    }

    /// The number of checks that run now.
    public int running() {
        return shelf.running();
    }

    private void requireAllowed(long total, Delivery delivery) {
        if (total > properties.maxTargets()) {
            throw new TooManyTargetsException(total, properties.maxTargets(), " in one check");
        }
        if (delivery == Delivery.WAITED && total > properties.waitedTargets()) {
            throw new TooManyTargetsException(
                    total,
                    properties.waitedTargets(),
                    " are waited for; stream the results (Accept: application/x-ndjson) or fetch"
                            + " them later (?wait=false)");
        }
        if (delivery != Delivery.STREAMED && total > properties.keptResults()) {
            throw new TooManyTargetsException(
                    total,
                    properties.keptResults(),
                    " are kept; stream the results (Accept: application/x-ndjson)");
        }
    }

    /// Whether the check fits when no other one is kept.
    private void requirePossible(KeptCheck.Need need) {
        if (need.bytes() > memory.limit()) {
            memory.countRefused();
            throw TooManyTargetsException.tooLarge(need.bytes(), memory);
        }
    }

    @Override
    public void start() {
        shelf.open();
    }

    @Override
    public void stop() {
        shelf.close();
    }

    @Override
    public boolean isRunning() {
        return shelf.isOpen();
    }
}
