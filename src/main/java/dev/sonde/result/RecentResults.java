package dev.sonde.result;

import dev.sonde.eventloop.Ticker;
import dev.sonde.memory.HeapLedger;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ResultSink;
import dev.sonde.probe.finding.Weight;
import dev.sonde.probe.keeping.HistoryProgress;
import dev.sonde.probe.keeping.PackedResult;
import dev.sonde.probe.keeping.ResultBytes;
import dev.sonde.probe.path.LateEvidence;
import dev.sonde.probe.path.LateEvidenceSink;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// The latest results of every probe, found by id. Safe for any thread; takes no lock.
///
/// A ring of a fixed number, whose results take a share of the heap. A new result pushes out as
/// many of the oldest as it needs. (In a sweep each result is used once. A cache by frequency of
/// use would keep old results and drop new ones.) It also removes old ones. One of the schedule is
/// old after three minutes, because the database has it by then.
@Component
public final class RecentResults implements ResultSink, LateEvidenceSink {

    /// A place in the ring, with id and time.
    private static final int ENTRY_BYTES = 24;

    /// The longest time of a result that is in the database.
    private static final long STORED_NANOS = TimeUnit.MINUTES.toNanos(3);

    /// The most places that one new result passes because of their time.
    private static final int PASSED_AT_ONCE = 4;

    private final long ageNanos;
    private final Supplier<HistoryProgress> progress;
    private final HeapShare memory;
    private final ResultBytes form;
    private final Ticker ticker;

    /// Each is a [PackedResult] of the schedule, or any other [ProbeResult]: a sweep has too many
    /// to pack them.
    private final AtomicReferenceArray<@Nullable Object> ring;

    /// The upper halves of the ids. A search reads these numbers one after another: a map would be
    /// changed twice for each run, and is asked seldom.
    private final AtomicLongArray ids;

    /// When each came, by the ticker: a step of the wall clock makes none old or new.
    private final AtomicLongArray times;

    private final AtomicLong written = new AtomicLong();

    /// The number of the oldest that may still be there.
    private final AtomicLong oldest = new AtomicLong();

    /// The number of the oldest that may be one of the schedule.
    private final AtomicLong oldestScheduled = new AtomicLong();

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

    /// @param progress asked once a result of the schedule is three minutes old
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
        this.ring = new AtomicReferenceArray<>(properties.recentNumber());
        this.ids = new AtomicLongArray(properties.recentNumber());
        this.times = new AtomicLongArray(properties.recentNumber());
    }

    @Override
    public void accept(ProbeResult result) {
        Object kept = kept(result);
        memory.take(weight(kept));
        long number = written.getAndIncrement();
        int slot = slot(number);
        long nowNanos = ticker.read();
        times.setRelease(slot, nowNanos);
        ids.setRelease(slot, result.id().getMostSignificantBits());
        Object pushedOut = ring.getAndSet(slot, kept);
        if (pushedOut != null) {
            memory.giveBack(weight(pushedOut));
        }
        boolean isMore = memory.isOver();
        while (isMore) {
            isMore = dropOldest(number) && memory.isOver();
        }
        removeOld(number, nowNanos);
    }

    private void removeOld(long newest, long nowNanos) {
        for (int i = 0; i < PASSED_AT_ONCE; i++) {
            if (passes(oldest, newest, nowNanos - ageNanos)) {
                remove(oldest, newest, false);
            }
            if (passes(oldestScheduled, newest, nowNanos - Math.min(ageNanos, STORED_NANOS))
                    && !progress.get().isBehind()) {
                remove(oldestScheduled, newest, true);
            }
        }
    }

    /// Whether the next place of a row came before an instant, and is not the newest one.
    private boolean passes(AtomicLong row, long newest, long beforeNanos) {
        long at = Math.max(row.get(), newest - ring.length() + 1);
        return at < newest && times.getAcquire(slot(at)) - beforeNanos < 0;
    }

    /// Passes the next place of a row, and empties it.
    ///
    /// @param newest stays until another one comes
    /// @param isScheduled whether results that the schedule has not brought stay
    /// @return whether something was removed
    private boolean remove(AtomicLong row, long newest, boolean isScheduled) {
        long seen = row.get();
        long at = Math.max(seen, newest - ring.length() + 1);
        if (at >= newest || !row.compareAndSet(seen, at + 1)) {
            return false;
        }
        Object kept = ring.get(slot(at));
        boolean isRemoved =
                kept != null
                        && (kept instanceof PackedResult || !isScheduled)
                        && ring.compareAndSet(slot(at), kept, null);
        if (isRemoved) {
            memory.giveBack(weight(kept));
        }
        return isRemoved;
    }

    private Object kept(ProbeResult result) {
        return result.probe() == null ? result : PackedResult.of(form, result);
    }

    private static ProbeResult whole(Object kept) {
        return kept instanceof PackedResult packed ? packed.unpack() : (ProbeResult) kept;
    }

    private static UUID id(Object kept) {
        return kept instanceof PackedResult packed ? packed.id() : ((ProbeResult) kept).id();
    }

    private static int weight(Object kept) {
        return ENTRY_BYTES
                + (kept instanceof PackedResult packed
                        ? packed.bytes()
                        : Weight.of((ProbeResult) kept));
    }

    /// Evidence of a result that is gone by then is dropped here.
    @Override
    public void add(LateEvidence evidence) {
        boolean isDone = false;
        while (!isDone) {
            int slot = search(evidence.result());
            Object known = slot < 0 ? null : ring.get(slot);
            isDone = known == null || replace(slot, known, evidence);
        }
    }

    /// @return whether the result was still in its place
    private boolean replace(int slot, Object known, LateEvidence evidence) {
        Object more = kept(whole(known).withFindings(evidence.findings()));
        boolean isThere = id(known).equals(evidence.result());
        if (isThere && ring.compareAndSet(slot, known, more)) {
            memory.take(weight(more) - weight(known));
            return true;
        }
        return false;
    }

    /// The result, unless it is too old or was pushed out.
    public Optional<ProbeResult> find(UUID id) {
        int slot = search(id);
        Object kept = slot < 0 ? null : ring.get(slot);
        return kept == null || !id(kept).equals(id) || !isRecent(slot)
                ? Optional.empty()
                : Optional.of(whole(kept));
    }

    /// The place of a result, the latest ones first; -1 where it is not there.
    private int search(UUID id) {
        long wanted = id.getMostSignificantBits();
        long latest = written.get() - 1;
        long first = Math.max(0, latest - ring.length() + 1);
        for (long number = latest; number >= first; number--) {
            int slot = slot(number);
            if (ids.getAcquire(slot) == wanted) {
                Object kept = ring.get(slot);
                if (kept != null && id(kept).equals(id)) {
                    return slot;
                }
            }
        }
        return -1;
    }

    /// @param newest stays until another one comes
    /// @return whether there was something to look at
    private boolean dropOldest(long newest) {
        if (remove(oldest, newest, false)) {
            memory.countDropped(1);
        }
        return Math.max(oldest.get(), newest - ring.length() + 1) < newest;
    }

    private int slot(long number) {
        return (int) (number % ring.length());
    }

    private boolean isRecent(int slot) {
        return ticker.read() - times.getAcquire(slot) <= ageNanos;
    }
}
