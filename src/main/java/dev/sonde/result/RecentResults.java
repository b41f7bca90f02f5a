package dev.sonde.result;

import dev.sonde.eventloop.Ticker;
import dev.sonde.memory.HeapLedger;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ResultSink;
import dev.sonde.probe.finding.Weight;
import dev.sonde.probe.keeping.PackedResult;
import dev.sonde.probe.keeping.ResultBytes;
import dev.sonde.probe.path.LateEvidence;
import dev.sonde.probe.path.LateEvidenceSink;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The latest results of every probe, found by id. Safe for any thread; takes no lock.
///
/// A ring of a fixed number, whose results take a share of the heap. A new result pushes out as
/// many of the oldest as it needs. (In a sweep each result is used once. A cache by frequency of
/// use would keep old results and drop new ones.)
@Component
public final class RecentResults implements ResultSink, LateEvidenceSink {

    /// An entry of the map, and the result's time.
    private static final int ENTRY_BYTES = 88;

    private final ResultProperties properties;
    private final HeapShare memory;
    private final ResultBytes form;
    private final Ticker ticker;
    private final Map<UUID, Kept> byId = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable Kept> ring;
    private final AtomicLong written = new AtomicLong();

    /// The number of the oldest that may still be there.
    private final AtomicLong oldest = new AtomicLong();

    /// A result and when it came, by the ticker: a step of the wall clock makes none old or new.
    ///
    /// @param packed a result of the schedule
    /// @param whole any other one, of which a sweep has too many to pack them
    private record Kept(
            UUID id, @Nullable PackedResult packed, @Nullable ProbeResult whole, long atNanos) {

        static Kept of(ResultBytes form, ProbeResult result, long atNanos) {
            return result.probe() == null
                    ? new Kept(result.id(), null, result, atNanos)
                    : new Kept(result.id(), PackedResult.of(form, result), null, atNanos);
        }

        ProbeResult result() {
            return packed == null ? Objects.requireNonNull(whole) : packed.unpack();
        }

        int weight() {
            return ENTRY_BYTES
                    + (packed == null ? Weight.of(Objects.requireNonNull(whole)) : packed.bytes());
        }
    }

    @Autowired
    RecentResults(ResultProperties properties, HeapLedger ledger, ResultBytes form, Ticker ticker) {
        this(properties, ledger.share("results"), form, ticker);
    }

    public RecentResults(
            ResultProperties properties, HeapShare memory, ResultBytes form, Ticker ticker) {
        this.properties = properties;
        this.memory = memory;
        this.form = form;
        this.ticker = ticker;
        this.ring = new AtomicReferenceArray<>(properties.recentNumber());
    }

    @Override
    public void accept(ProbeResult result) {
        Kept kept = Kept.of(form, result, ticker.read());
        byId.put(kept.id(), kept);
        memory.take(kept.weight());
        long number = written.getAndIncrement();
        Kept pushedOut = ring.getAndSet(slot(number), kept);
        if (pushedOut != null) {
            forget(pushedOut);
        }
        boolean isMore = memory.isOver();
        while (isMore) {
            isMore = dropOldest(number) && memory.isOver();
        }
    }

    /// Evidence of a result that is gone by then is dropped here.
    @Override
    public void add(LateEvidence evidence) {
        byId.computeIfPresent(
                evidence.result(),
                (_, kept) -> {
                    ProbeResult result = kept.result().withFindings(evidence.findings());
                    Kept more = Kept.of(form, result, kept.atNanos());
                    memory.take(more.weight() - kept.weight());
                    return more;
                });
    }

    /// The result, unless it is too old or was pushed out.
    public Optional<ProbeResult> find(UUID id) {
        return Optional.ofNullable(byId.get(id)).filter(this::isRecent).map(Kept::result);
    }

    /// @param newest stays until another one comes
    /// @return whether there was something to look at
    private boolean dropOldest(long newest) {
        long at = Math.max(oldest.get(), newest - ring.length() + 1);
        if (at >= newest) {
            return false;
        }
        long seen = oldest.get();
        if (seen <= at && oldest.compareAndSet(seen, at + 1)) {
            Kept dropped = ring.getAndSet(slot(at), null);
            if (dropped != null) {
                forget(dropped);
                memory.countDropped(1);
            }
        }
        return true;
    }

    private void forget(Kept kept) {
        Kept latest = byId.remove(kept.id());
        memory.giveBack(latest == null ? kept.weight() : latest.weight());
    }

    private int slot(long number) {
        return (int) (number % ring.length());
    }

    private boolean isRecent(Kept kept) {
        return ticker.read() - kept.atNanos() <= properties.recentAge().toNanos();
    }
}
