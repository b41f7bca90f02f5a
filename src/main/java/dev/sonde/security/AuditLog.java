package dev.sonde.security;

import dev.sonde.eventloop.Ticker;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.DenialSink;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.AddressText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// The audit log, a logger of its own name, and the thread that writes the policy's denials to it.
/// Event loops have no time for that.
///
/// A scheduled probe that is denied on every run is logged at most once per [#REPEATED_AFTER]. If
/// the queue is full, denials are counted. The count is logged with the next line, or once the
/// queue is empty.
final class AuditLog implements DenialSink {

    static final Logger LOG = LoggerFactory.getLogger("dev.sonde.audit");

    private static final Duration REPEATED_AFTER = Duration.ofMinutes(1);
    private static final Duration LOST_AFTER = Duration.ofSeconds(10);
    private static final int REMEMBERED = 10_000;

    private final BlockingQueue<Denial> queue;
    private final AtomicLong lost = new AtomicLong();
    private final Ticker ticker;
    private final Thread thread = Thread.ofPlatform().daemon().name("audit").unstarted(this::run);

    /// Time of the latest line on each scheduled probe, oldest first. Owned by the writing thread.
    private final SequencedMap<String, Long> toldNanos = new LinkedHashMap<>();

    private record Denial(@Nullable String caller, ProbeResult result) {}

    /// @param room denials that may wait to be written
    AuditLog(int room, Ticker ticker) {
        this.queue = new ArrayBlockingQueue<>(room);
        this.ticker = ticker;
    }

    void start() {
        thread.start();
    }

    /// Writes the waiting lines, and ends.
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join(Duration.ofSeconds(2));
    }

    @Override
    public void onDenied(@Nullable String caller, ProbeResult result) {
        if (!queue.offer(new Denial(caller, result))) {
            lost.incrementAndGet();
        }
    }

    private void run() {
        try {
            while (true) {
                Denial denial = queue.take();
                while (denial != null) {
                    writeLost();
                    write(denial);
                    denial = queue.poll(LOST_AFTER.toMillis(), TimeUnit.MILLISECONDS);
                }
                writeLost();
            }
        } catch (InterruptedException _) {
            // The service stops: what is left is written, and the thread is over.
            for (Denial denial = queue.poll(); denial != null; denial = queue.poll()) {
                write(denial);
            }
            writeLost();
        }
    }

    private void writeLost() {
        long missing = lost.getAndSet(0);
        if (missing > 0) {
            LOG.atWarn()
                    .addKeyValue("count", missing)
                    .log("denied targets were not logged one by one");
        }
    }

    private void write(Denial denial) {
        ProbeResult result = denial.result();
        if (result.probe() == null || isDue(result.probe())) {
            result.attempts().stream()
                    .filter(AuditLog::isDenied)
                    .forEach(attempt -> write(denial, attempt));
        }
    }

    private static void write(Denial denial, AttemptResult attempt) {
        ProbeResult result = denial.result();
        LoggingEventBuilder line =
                LOG.atInfo()
                        .addKeyValue("who", who(denial.caller(), result))
                        .addKeyValue("target", result.target().toString())
                        .addKeyValue("decision", "denied_by_policy")
                        .addKeyValue("why", attempt.outcome().detail())
                        .addKeyValue("result", result.id());
        if (attempt.remote() != null) {
            line = line.addKeyValue("address", AddressText.of(attempt.remote()));
        }
        if (result.probe() != null) {
            line = line.addKeyValue("probe", result.probe());
        }
        line.log("target");
    }

    private static String who(@Nullable String caller, ProbeResult result) {
        if (caller != null) {
            return caller;
        }
        return result.probe() == null ? "anonymous" : "schedule";
    }

    private boolean isDue(String probe) {
        long nowNanos = ticker.read();
        Long beforeNanos = toldNanos.get(probe);
        if (beforeNanos != null && nowNanos - beforeNanos < REPEATED_AFTER.toNanos()) {
            return false;
        }
        toldNanos.remove(probe);
        if (toldNanos.size() >= REMEMBERED) {
            toldNanos.pollFirstEntry();
        }
        toldNanos.put(probe, nowNanos);
        return true;
    }

    private static boolean isDenied(AttemptResult attempt) {
        return attempt.outcome() instanceof Outcome.NotProbed(NotProbedReason reason, _, _)
                && reason == NotProbedReason.DENIED_BY_POLICY;
    }
}
