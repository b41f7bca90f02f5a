package dev.sonde.result;

import dev.sonde.memory.HeapLedger;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ResultSink;
import dev.sonde.probe.finding.Weight;
import java.time.Clock;
import java.util.Map;
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
/// A ring of a fixed number, whose results take a share of the heap: a new result pushes out as
/// many of the oldest as it needs. (A cache that weighs how often an entry was used keeps old
/// results and drops new ones in a sweep, where each is used once.)
@Component
public final class RecentResults implements ResultSink {

    /// An entry of the map.
    private static final int ENTRY_BYTES = 64;

    private final ResultProperties properties;
    private final HeapShare memory;
    private final Clock clock;
    private final Map<UUID, ProbeResult> byId = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable ProbeResult> ring;
    private final AtomicLong written = new AtomicLong();

    /// The number of the oldest that may still be there.
    private final AtomicLong oldest = new AtomicLong();

    @Autowired
    RecentResults(ResultProperties properties, HeapLedger ledger, Clock clock) {
        this(properties, ledger.share("results"), clock);
    }

    public RecentResults(ResultProperties properties, HeapShare memory, Clock clock) {
        this.properties = properties;
        this.memory = memory;
        this.clock = clock;
        this.ring = new AtomicReferenceArray<>(properties.recentNumber());
    }

    @Override
    public void accept(ProbeResult result) {
        byId.put(result.id(), result);
        memory.take(weight(result));
        long number = written.getAndIncrement();
        ProbeResult pushedOut = ring.getAndSet(slot(number), result);
        if (pushedOut != null) {
            forget(pushedOut);
        }
        boolean isMore = memory.isOver();
        while (isMore) {
            isMore = dropOldest(number) && memory.isOver();
        }
    }

    /// The result, unless it is too old or was pushed out.
    public Optional<ProbeResult> find(UUID id) {
        return Optional.ofNullable(byId.get(id)).filter(this::isRecent);
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
            ProbeResult dropped = ring.getAndSet(slot(at), null);
            if (dropped != null) {
                forget(dropped);
                memory.countDropped(1);
            }
        }
        return true;
    }

    private void forget(ProbeResult result) {
        byId.remove(result.id());
        memory.giveBack(weight(result));
    }

    private int slot(long number) {
        return (int) (number % ring.length());
    }

    private static int weight(ProbeResult result) {
        return ENTRY_BYTES + Weight.of(result);
    }

    private boolean isRecent(ProbeResult result) {
        return !result.startedAt().plus(properties.recentAge()).isBefore(clock.instant());
    }
}
