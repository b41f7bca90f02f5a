package dev.sonde.check;

import dev.sonde.attempt.ProbeRunner;
import dev.sonde.eventloop.EventLoopGroup;
import dev.sonde.probe.keeping.Replica;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The checks that run, and those that have ended and can still be asked for. Safe for any thread.
///
/// It stops before the web server does: what runs ends as cancelled, so whoever waits gets an
/// answer and the server's grace period is short.
@Component
public final class Checks implements SmartLifecycle {

    private final ProbeRunner runner;
    private final EventLoopGroup loops;
    private final Clock clock;
    private final Replica replica;
    private final CheckProperties properties;
    private final CheckRegistry shelf;

    public Checks(
            ProbeRunner runner,
            EventLoopGroup loops,
            Clock clock,
            Replica replica,
            CheckProperties properties) {
        this.runner = runner;
        this.loops = loops;
        this.clock = clock;
        this.replica = replica;
        this.properties = properties;
        this.shelf = new CheckRegistry(properties, loops.ticker());
    }

    /// Starts a check.
    ///
    /// @param caller who asked for it; absent where nobody with a name did
    /// @throws TooManyTargetsException when it stands for more targets than this form allows
    /// @throws TooManyChecksException when no room is left for another
    public CheckRun start(CheckSpec spec, Delivery delivery, @Nullable String caller) {
        long total = spec.total();
        requireAllowed(total, delivery);
        ResultBuffer outlet =
                delivery == Delivery.STREAMED
                        ? new ResultQueue(Math.max(properties.streamWindow(), spec.concurrency()))
                        : new ResultLog(total);
        CheckRun.Identity identity =
                new CheckRun.Identity(replica.mark(UUID.randomUUID()), clock.instant(), caller);
        CheckRun run = new CheckRun(identity, spec, runner, loops, outlet);
        run.start(shelf.add(run, delivery == Delivery.STREAMED ? 0 : total));
        return run;
    }

    public Optional<CheckRun> find(UUID id) {
        return shelf.find(id);
    }

    /// Those that run and those that are kept, newest first.
    ///
    /// @param before the number of the last one seen, or [Long#MAX_VALUE]
    public List<NumberedCheck> newestFirst(long before, int limit) {
        return shelf.newestFirst(before, limit);
    }

    /// Cancels a check that runs; forgets one that has ended.
    ///
    /// @return false when there was nothing to delete: it is unknown, or was deleted before
    public boolean delete(UUID id) {
        return shelf.delete(id);
    }

    /// How many run now.
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
