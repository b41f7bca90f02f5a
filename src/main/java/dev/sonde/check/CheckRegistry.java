package dev.sonde.check;

import dev.sonde.eventloop.Ticker;
import dev.sonde.memory.HeapShare;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The checks by id. Bounds: their number, the age since their end, and the results of all of them.
/// Safe for any thread.
///
/// Memory for a check's results is reserved before it starts, so no result is dropped later.
final class CheckRegistry {

    private final CheckProperties properties;
    private final HeapShare memory;
    private final Ticker ticker;

    /// In the order of their starts.
    private final Map<UUID, KeptCheck> entries = new LinkedHashMap<>();

    /// Ended ones in the order of their ends.
    private final Deque<KeptCheck> ended = new ArrayDeque<>();

    private long setAside;
    private int running;
    private boolean isOpen = true;

    CheckRegistry(CheckProperties properties, HeapShare memory, Ticker ticker) {
        this.properties = properties;
        this.memory = memory;
        this.ticker = ticker;
    }

    /// Adds a check that is about to start.
    ///
    /// @return to be run when it has ended
    synchronized Runnable add(CheckRun run, KeptCheck.Need need) {
        if (!isOpen) {
            throw new TooManyChecksException("the service is shutting down");
        }
        if (running >= properties.maxRunning()) {
            throw TooManyChecksException.ofRunning(running);
        }
        expire();
        while (setAside + need.results() > properties.keptResults() && !ended.isEmpty()) {
            forget(ended.getFirst());
        }
        if (setAside + need.results() > properties.keptResults()) {
            throw TooManyChecksException.ofResults(need.results());
        }
        takeMemory(need.bytes());
        KeptCheck entry = new KeptCheck(run, need);
        entries.put(run.id(), entry);
        setAside += need.results();
        running++;
        return () -> onEnded(entry);
    }

    /// Ended checks are removed first if they hold the memory.
    private void takeMemory(long bytes) {
        while (!memory.tryTake(bytes)) {
            if (ended.isEmpty()) {
                memory.countRefused();
                throw TooManyChecksException.ofMemory(bytes, memory);
            }
            memory.countDropped(1);
            forget(ended.getFirst());
        }
    }

    private synchronized void onEnded(KeptCheck entry) {
        running--;
        memory.giveBack(entry.need().targetBytes());
        if (entries.get(entry.run().id()) == null) {
            letGo(entry);
            return;
        }
        entry.endedNanos = ticker.read();
        ended.addLast(entry);
        expire();
    }

    synchronized Optional<CheckRun> find(UUID id) {
        expire();
        return Optional.ofNullable(entries.get(id)).map(entry -> entry.run());
    }

    /// In the order of ids, which begin with the time.
    synchronized List<CheckRun> newestFirst(@Nullable UUID before, int limit) {
        expire();
        return entries.values().stream()
                .map(entry -> entry.run())
                .filter(
                        run ->
                                before == null
                                        || run.id().toString().compareTo(before.toString()) < 0)
                .sorted(Comparator.comparing((CheckRun run) -> run.id().toString()).reversed())
                .limit(limit)
                .toList();
    }

    boolean delete(UUID id) {
        CheckRun running = markDeleted(id);
        if (running == null) {
            return false;
        }
        // Outside the lock: what it ends comes back here.
        running.cancel();
        return true;
    }

    /// A check that ran when it was deleted remains readable until it expires.
    private synchronized @Nullable CheckRun markDeleted(UUID id) {
        expire();
        KeptCheck entry = entries.get(id);
        if (entry == null || entry.isDeleted) {
            return null;
        }
        entry.isDeleted = true;
        if (ended.contains(entry)) {
            forget(entry);
        } else if (!entry.run().isRunning()) {
            // It has just ended and has not been put among the ended ones yet.
            entries.remove(id);
        }
        return entry.run();
    }

    synchronized int running() {
        return running;
    }

    synchronized boolean isOpen() {
        return isOpen;
    }

    synchronized void open() {
        isOpen = true;
    }

    void close() {
        List<CheckRun> all;
        synchronized (this) {
            isOpen = false;
            all = entries.values().stream().map(KeptCheck::run).toList();
        }
        all.forEach(CheckRun::cancel);
    }

    private void expire() {
        long oldestNanos = ticker.read() - properties.keptFor().toNanos();
        while (ended.size() > properties.keptNumber()
                || (!ended.isEmpty() && ended.getFirst().endedNanos - oldestNanos < 0)) {
            forget(ended.getFirst());
        }
    }

    private void forget(KeptCheck entry) {
        ended.remove(entry);
        entries.remove(entry.run().id());
        letGo(entry);
    }

    /// The results of a streamed check are kept until its reader has them.
    private void letGo(KeptCheck entry) {
        setAside -= entry.need().results();
        if (entry.need().results() > 0) {
            entry.run().release();
        }
    }
}
