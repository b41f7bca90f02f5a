package dev.sonde.store;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Work that other threads have for the thread that writes. Safe for any thread.
final class WriterWork {

    /// Filled by any thread, emptied by the writer.
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /// Called by any thread that adds something. Set once, before the writer starts.
    private volatile Runnable onAdded = () -> {};

    /// Sets the action that follows each [#add].
    void onAdded(Runnable action) {
        onAdded = action;
    }

    /// Has the writer do work at once, after the waiting rows; for any thread.
    ///
    /// @param work must not throw
    void add(Runnable work) {
        waiting.add(work);
        onAdded.run();
    }

    /// Has work done in the writer's next round; for the writer's thread, or after [#add].
    ///
    /// @param work must not throw
    void addLater(Runnable work) {
        waiting.add(work);
    }

    /// Does the work that waits now; for the writer.
    ///
    /// @return whether more has come meanwhile
    boolean run() {
        for (int left = waiting.size(); left > 0; left--) {
            Runnable next = waiting.poll();
            if (next != null) {
                next.run();
            }
        }
        return !waiting.isEmpty();
    }
}
