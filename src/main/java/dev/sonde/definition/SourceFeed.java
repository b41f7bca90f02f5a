package dev.sonde.definition;

import dev.sonde.definition.source.SourceException;
import dev.sonde.definition.source.SourceSpec;
import dev.sonde.definition.source.TargetFinder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One source that is read again and again. A reading that fails changes nothing. Its fields belong
/// to its own thread.
final class SourceFeed implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SourceFeed.class);

    /// The time between two polls whether this replica reads the source and a reading is due.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// The parts of the service that a feed uses.
    ///
    /// @param observer receives each reading
    record Ports(
            DefinitionSets sets,
            ProbeSection reader,
            Clock clock,
            Consumer<SourceStatus> observer) {}

    private final SourceSpec spec;
    private final TargetFinder finder;
    private final Ports ports;
    private final BooleanSupplier isOurs;
    private final ScheduledExecutorService thread;

    /// When the next reading is due, on the feed's thread only.
    private long nextNanos = System.nanoTime();

    /// Whether a reading is due before its time. Written by any thread, as the next one.
    private volatile boolean isChanged;

    private volatile boolean isClosed;

    /// Written by the feed's thread, read by every thread.
    private volatile SourceStatus status;

    /// @param set the set of its probes
    /// @param isOurs whether this replica reads the source now
    SourceFeed(
            String set, SourceSpec spec, TargetFinder finder, Ports ports, BooleanSupplier isOurs) {
        this.spec = spec;
        this.finder = finder;
        this.ports = ports;
        this.isOurs = isOurs;
        this.status = SourceStatus.unread(set);
        this.thread =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofVirtual().name("source-" + spec.name()).factory());
    }

    void start() {
        var _ =
                thread.scheduleWithFixedDelay(
                        this::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        finder.onChange(() -> isChanged = true);
    }

    SourceSpec spec() {
        return spec;
    }

    SourceStatus status() {
        return status;
    }

    /// Runs on the feed's thread, as all below.
    private void look() {
        if (!isOurs.getAsBoolean()) {
            nextNanos = System.nanoTime();
            if (status.isHere()) {
                tell(status.elsewhere());
            }
        } else if (isChanged || System.nanoTime() - nextNanos >= 0) {
            isChanged = false;
            read();
        }
    }

    private void read() {
        nextNanos = System.nanoTime() + spec.refresh().toNanos();
        SourceStatus next = reading();
        if (isClosed) {
            return;
        }
        log(status, next);
        tell(next);
    }

    private void tell(SourceStatus next) {
        status = next;
        ports.observer().accept(next);
    }

    private SourceStatus reading() {
        try {
            List<Map<String, String>> targets = finder.find();
            SourceProbes made = SourceProbes.of(spec, targets, ports.reader());
            ports.sets().putSource(status.set(), made, () -> !isClosed);
            return status.applied(ports.clock().instant(), targets.size(), made);
        } catch (SourceException e) {
            return status.failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("a source cannot be applied");
            return status.failed("the targets cannot be applied: " + e.getMessage());
        }
    }

    /// A problem that lasts is logged once.
    private static void log(SourceStatus before, SourceStatus next) {
        String problem = next.problem();
        if (problem != null && !problem.equals(before.problem())) {
            log.atWarn()
                    .addKeyValue("source", next.set())
                    .addKeyValue("problem", problem)
                    .log("a source of definitions cannot be read; its last targets stay");
        }
        if (!next.rejections().equals(before.rejections()) && next.rejected() > 0) {
            log.atWarn()
                    .addKeyValue("source", next.set())
                    .addKeyValue("rejected", next.rejected())
                    .addKeyValue("first", next.rejections().getFirst())
                    .log("targets of a source made no probe");
        }
    }

    /// Ends the readings; a running one is interrupted. Probes of the source stay.
    @Override
    public void close() {
        isClosed = true;
        thread.shutdownNow();
        finder.close();
    }
}
