package dev.sonde.notification;

import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.finding.TransitionSink;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// The signal that a probe has changed its state, or that a comparison is wanted for another
/// reason. Given by any thread, awaited by the notifier.
final class ChangeSignal implements TransitionSink {

    /// A change is in the store after this time, if the store keeps up.
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

    private final Semaphore signals = new Semaphore(0);

    /// Written by event loops, read by the notifier.
    private volatile long changedNanos = System.nanoTime() - ON_ITS_WAY.toNanos();

    @Override
    public void accept(Transition transition) {
        changedNanos = System.nanoTime();
        give();
    }

    void give() {
        if (signals.availablePermits() == 0) {
            signals.release();
        }
    }

    /// Whether a change may still be on its way into the store.
    boolean isRecent() {
        return System.nanoTime() - changedNanos < ON_ITS_WAY.toNanos();
    }

    /// Waits for a signal.
    void await() throws InterruptedException {
        signals.acquire();
    }

    /// Waits for a signal, at most so long.
    boolean await(Duration longest) throws InterruptedException {
        return signals.tryAcquire(Math.max(1, longest.toMillis()), TimeUnit.MILLISECONDS);
    }
}
