package dev.sonde.store;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ResultSink;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.finding.TransitionSink;
import dev.sonde.probe.keeping.HistoryProgress;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.probe.path.LateEvidence;
import dev.sonde.probe.path.LateEvidenceSink;
import dev.sonde.store.buffer.HistoryBuffer;
import dev.sonde.store.buffer.HistoryBuffer.Weights;
import dev.sonde.store.buffer.IdentifiedTransition;
import dev.sonde.store.buffer.WaitingResult;
import dev.sonde.store.buffer.WorkSignal;
import dev.sonde.store.embedded.UnwritableDatabaseException;
import dev.sonde.store.evidence.WaitingEvidence;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.TransactionException;

/// Writes the results of scheduled probes, and what they changed, in batches on a thread of its
/// own. [#accept] and [#health] are safe for any thread; everything else belongs to the writer's.
///
/// A batch is written a moment after its first row, or at once when it is large. Without rows the
/// thread waits for one. While the database refuses, the current batch is kept and tried again at
/// growing intervals. The rest waits in the buffer.
public final class ResultWriter
        implements ResultSink, TransitionSink, LateEvidenceSink, HistoryProgress, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ResultWriter.class);

    static final int LARGEST_BATCH = 5_000;

    /// So many rows are written at once.
    private static final int LARGE_BATCH = LARGEST_BATCH / 2;

    private static final long LONGEST_PAUSE_MILLIS = 5_000;
    private static final int LAST_ATTEMPTS = 3;

    private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(1);

    private final HistoryTables tables;
    private final ResultIds ids;
    private final Clock clock;
    private final long pauseMillis;
    private final HistoryBuffer<WaitingResult> results;
    private final HistoryBuffer<IdentifiedTransition> transitions;
    private final HistoryBuffer<WaitingEvidence> late;
    private final WorkSignal signal = new WorkSignal();
    private final List<WaitingResult> resultsInHand = new ArrayList<>();
    private final List<IdentifiedTransition> transitionsInHand = new ArrayList<>();
    private final List<WaitingEvidence> lateInHand = new ArrayList<>();

    /// The writer's own: when it last warned.
    private @Nullable Instant warned;

    /// Set by [#start], read by [#close].
    private volatile @Nullable Thread thread;

    /// Replaced by the writer after every batch, read by any thread.
    private volatile Progress progress = new Progress(0, null, null);

    private record Progress(long written, @Nullable Instant failing, @Nullable String lastError) {}

    private static final int TRANSITION_BYTES = 160;

    /// With a path of the usual length.
    private static final int EVIDENCE_BYTES = 4_096;

    ResultWriter(
            HistoryTables tables,
            ResultIds ids,
            Clock clock,
            HistoryBuffer.Limits limits,
            Duration pause) {
        this.tables = tables;
        this.ids = ids;
        this.clock = clock;
        this.pauseMillis = pause.toMillis();
        this.results =
                new HistoryBuffer<>(
                        limits, new Weights<>(WaitingResult::bytes, WaitingResult::wholeBytes));
        this.transitions = new HistoryBuffer<>(limits, Weights.of(_ -> TRANSITION_BYTES));
        this.late = new HistoryBuffer<>(limits, Weights.of(_ -> EVIDENCE_BYTES));
    }

    /// Takes a scheduled probe's result; other results are not stored.
    @Override
    public void accept(ProbeResult result) {
        if (result.probe() != null) {
            WaitingResult waiting = WaitingResult.of(result);
            results.add(isFailing() || results.isLarge() ? waiting.packed() : waiting);
            signal();
        }
    }

    @Override
    public void accept(Transition transition) {
        transitions.add(
                new IdentifiedTransition(ids.next(transition.at()), transition, results.added()));
        signal();
    }

    /// Evidence follows the result that it belongs to, so that it finds the row.
    @Override
    public void add(LateEvidence evidence) {
        late.add(new WaitingEvidence(evidence, results.added()));
        signal();
    }

    private void signal() {
        if (results.size() >= LARGE_BATCH || results.isLarge()) {
            signal.hurry();
        } else {
            signal.raise();
        }
    }

    /// The health after asking the database, where nothing is written that would show it.
    public StoreHealth checkedHealth() {
        StoreHealth now = health();
        if (now.failing() != null || now.buffered() > 0) {
            return now;
        }
        try {
            tables.requireRoom();
            return now;
        } catch (UnwritableDatabaseException e) {
            signal.hurry();
            return new StoreHealth(0, now.written(), now.lost(), clock.instant(), message(e));
        }
    }

    public StoreHealth health() {
        Progress now = progress;
        return new StoreHealth(
                (long) results.size() + transitions.size() + late.size(),
                now.written(),
                results.lost() + transitions.lost() + late.lost(),
                now.failing(),
                now.lastError());
    }

    /// Whether the database refuses rows, or a whole batch of them still waits.
    @Override
    public boolean isBehind() {
        return isFailing() || results.size() >= LARGEST_BATCH;
    }

    void start() {
        Thread own = Thread.ofPlatform().name("store-writer").unstarted(this::runUntilClosed);
        thread = own;
        tables.work().onAdded(signal::hurry);
        own.start();
    }

    /// Writes all waiting rows. Rows that cannot be written are counted as lost and logged.
    @Override
    public void close() {
        signal.close();
        Thread own = thread;
        try {
            if (own != null) {
                own.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        writeTheRest();
    }

    /// Writes one batch, at most once.
    ///
    /// @return whether it was written; of an empty one, whether it could have been
    boolean writeBatch() {
        results.drainTo(resultsInHand, LARGEST_BATCH);
        long taken = results.taken();
        transitions.drainTo(transitionsInHand, LARGEST_BATCH, it -> it.after() <= taken);
        late.drainTo(lateInHand, LARGEST_BATCH, it -> it.after() <= taken);
        try {
            if (resultsInHand.isEmpty() && transitionsInHand.isEmpty() && lateInHand.isEmpty()) {
                tables.requireRoom();
            } else {
                tables.write(resultsInHand, transitionsInHand, lateInHand);
            }
            done(resultsInHand.size());
            return true;
        } catch (DataIntegrityViolationException e) {
            // Either the batch had been written and only the answer was lost, or a row is bad.
            return writeOneByOne(e);
        } catch (DataAccessException | TransactionException e) {
            failed(e);
            return false;
        }
    }

    private void runUntilClosed() {
        long waitMillis = pauseMillis;
        while (isFailing() ? signal.backOff(waitMillis) : signal.pause(pauseMillis)) {
            boolean hadRows = hasRows();
            boolean written = writeBatch();
            while (written && results.size() >= LARGEST_BATCH) {
                written = writeBatch();
            }
            long restMillis = tables.upkeep();
            if (!written) {
                waitMillis = Math.min(waitMillis * 2, LONGEST_PAUSE_MILLIS);
            } else {
                waitMillis = pauseMillis;
                if (!hadRows && restMillis > 0) {
                    signal.rest(restMillis, this::hasRows);
                }
            }
        }
    }

    private boolean hasRows() {
        return results.size() > 0 || transitions.size() > 0 || late.size() > 0;
    }

    private boolean isFailing() {
        return progress.failing() != null;
    }

    /// Whether the thread waits for a row, and for nothing else; for tests.
    boolean isResting() {
        return signal.isResting();
    }

    private void writeTheRest() {
        int failures = 0;
        while (health().buffered() > 0 && failures < LAST_ATTEMPTS) {
            if (!writeBatch()) {
                failures++;
            }
        }
        tables.flush();
        long left = health().buffered();
        if (left > 0) {
            results.lose(left);
            log.atError().addKeyValue("lost", left).log("results could not be written at the end");
        }
    }

    private boolean writeOneByOne(DataIntegrityViolationException cause) {
        log.atDebug().setCause(cause).log("a batch was refused, its rows follow one by one");
        try {
            int written = 0;
            for (WaitingResult result : resultsInHand) {
                written += writeOne(List.of(result), List.of()) ? 1 : 0;
            }
            for (IdentifiedTransition transition : transitionsInHand) {
                writeOne(List.of(), List.of(transition));
            }
            tables.write(List.of(), List.of(), lateInHand);
            done(written);
            return true;
        } catch (DataAccessException | TransactionException e) {
            failed(e);
            return false;
        }
    }

    private boolean writeOne(List<WaitingResult> result, List<IdentifiedTransition> transition) {
        try {
            tables.write(result, transition, List.of());
            return true;
        } catch (DuplicateKeyException _) {
            return true;
        } catch (DataIntegrityViolationException e) {
            results.lose(1);
            log.atWarn().setCause(e).log("the database refuses a row, which is lost");
            return false;
        }
    }

    private void done(int written) {
        results.release(resultsInHand.size());
        transitions.release(transitionsInHand.size());
        late.release(lateInHand.size());
        resultsInHand.clear();
        transitionsInHand.clear();
        lateInHand.clear();
        if (progress.failing() != null) {
            warned = null;
            log.atInfo().log("results can be written again");
        }
        progress = new Progress(progress.written() + written, null, progress.lastError());
    }

    private void failed(NestedRuntimeException cause) {
        Instant now = clock.instant();
        Instant since = progress.failing() == null ? now : progress.failing();
        warn(now, message(cause));
        log.atDebug().setCause(cause).log("a batch was not written");
        progress = new Progress(progress.written(), since, message(cause));
    }

    /// Warns at once, and then every minute while it goes on.
    private void warn(Instant now, String cause) {
        Instant before = warned;
        if (before == null
                || progress.failing() == null
                || Duration.between(before, now).abs().compareTo(BETWEEN_WARNINGS) >= 0) {
            warned = now;
            log.atWarn()
                    .addKeyValue("cause", cause)
                    .addKeyValue("waiting", results.size() + transitions.size())
                    .log("results cannot be written and wait");
        }
    }

    private static String message(NestedRuntimeException cause) {
        return cause instanceof UnwritableDatabaseException
                ? String.valueOf(cause.getMessage())
                : String.valueOf(cause.getMostSpecificCause().getMessage());
    }
}
