package dev.sonde.result;

import dev.sonde.eventloop.Ticker;
import dev.sonde.memory.HeapLedger;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ResultSink;
import dev.sonde.probe.keeping.HistoryProgress;
import dev.sonde.probe.keeping.ResultBytes;
import dev.sonde.probe.path.LateEvidence;
import dev.sonde.probe.path.LateEvidenceSink;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// The latest results of every probe, found by id. Safe for any thread; takes no lock.
///
/// Results of the schedule and others have rings of a fixed number, whose results share a part of
/// the heap. A new result pushes out as many of the oldest as it needs. (In a sweep each result is
/// used once. A cache by frequency of use would keep old results and drop new ones.) It also
/// removes
/// old ones of its ring. One of the schedule is old after a minute, because the database has it by
/// then.
@Component
public final class RecentResults implements ResultSink, LateEvidenceSink {

    /// The longest time of a result that is in the database.
    private static final long STORED_NANOS = TimeUnit.MINUTES.toNanos(1);

    /// The most that a new result removes because of their time. It bounds the work of one result.
    private static final int REMOVED_AT_ONCE = 4;

    private final long ageNanos;
    private final Supplier<HistoryProgress> progress;
    private final HeapShare memory;
    private final ResultBytes form;
    private final Ticker ticker;
    private final Map<UUID, KeptResult> byId = new ConcurrentHashMap<>();
    private final ResultRing scheduled;
    private final ResultRing others;

    @Autowired
    RecentResults(
            ResultProperties properties,
            HeapLedger ledger,
            ResultBytes form,
            Ticker ticker,
            ObjectProvider<HistoryProgress> progress) {
        this(
                properties,
                ledger.share("results"),
                form,
                ticker,
                SingletonSupplier.of(() -> progress.getIfAvailable(() -> () -> true))::obtain);
    }

    /// @param progress asked once a result of the schedule is a minute old
    RecentResults(
            ResultProperties properties,
            HeapShare memory,
            ResultBytes form,
            Ticker ticker,
            Supplier<HistoryProgress> progress) {
        this.ageNanos = properties.recentAge().toNanos();
        this.progress = progress;
        this.memory = memory;
        this.form = form;
        this.ticker = ticker;
        this.scheduled = new ResultRing(properties.recentNumber());
        this.others = new ResultRing(properties.recentNumber());
    }

    @Override
    public void accept(ProbeResult result) {
        KeptResult kept = KeptResult.of(form, result, ticker.read());
        boolean isScheduled = kept.packed() != null;
        ResultRing ring = isScheduled ? scheduled : others;
        byId.put(kept.id(), kept);
        memory.take(kept.weight());
        forget(ring.add(kept));
        while (memory.isOver()
                && (dropOldest(ring) || dropOldest(others) || dropOldest(scheduled))) {
            // One after the other, until there is room.
        }
        for (int i = 0; i < REMOVED_AT_ONCE && isOver(ring.oldestNanos(), isScheduled, kept); i++) {
            forget(ring.removeOldest());
        }
    }

    /// Evidence of a result that is gone by then is dropped here.
    @Override
    public void add(LateEvidence evidence) {
        byId.computeIfPresent(
                evidence.result(),
                (_, kept) -> {
                    ProbeResult result = kept.result().withFindings(evidence.findings());
                    KeptResult more = KeptResult.of(form, result, kept.atNanos());
                    memory.take(more.weight() - kept.weight());
                    return more;
                });
    }

    /// The result, unless it is too old or was pushed out.
    public Optional<ProbeResult> find(UUID id) {
        return Optional.ofNullable(byId.get(id))
                .filter(kept -> ticker.read() - kept.atNanos() <= ageNanos)
                .map(KeptResult::result);
    }

    private boolean isOver(@Nullable Long atNanos, boolean isScheduled, KeptResult newest) {
        if (atNanos == null) {
            return false;
        }
        long nanos = newest.atNanos() - atNanos;
        return nanos > ageNanos
                || (isScheduled && nanos > STORED_NANOS && !progress.get().isBehind());
    }

    /// @return whether there was something to look at
    private boolean dropOldest(ResultRing ring) {
        boolean isThere = ring.hasMore();
        KeptResult dropped = ring.removeOldest();
        if (dropped != null) {
            forget(dropped);
            memory.countDropped(1);
        }
        return isThere;
    }

    private void forget(@Nullable KeptResult kept) {
        if (kept != null) {
            KeptResult latest = byId.remove(kept.id());
            memory.giveBack(latest == null ? kept.weight() : latest.weight());
        }
    }
}
