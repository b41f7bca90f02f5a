package dev.sonde.notification;

import dev.sonde.notification.receiver.Receivers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Compares stored episodes with what was sent, again and again on a thread of its own: soon after
/// each change of state, else every few seconds. Without receivers it rests. It runs while the
/// schedule does, because it asks for the probes of episodes.
final class Notifier implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Notifier.class);

    /// Between two comparisons while a change may still be on its way into the store.
    private static final Duration SOON = Duration.ofMillis(200);

    private static final Duration FAILED = Duration.ofSeconds(5);
    private static final int REST_PER_WORK = 5;

    private final Scan scan;
    private final Receivers receivers;
    private final ChangeSignal signal;

    /// Set by [#stop], read by the notifier.
    private volatile boolean isStopping;

    /// Written by the thread that starts and stops, read by any thread.
    private volatile @Nullable Thread thread;

    /// The notifier's own: whether the latest comparison failed.
    private boolean isFailing;

    Notifier(Scan scan, Receivers receivers, ChangeSignal signal) {
        this.scan = scan;
        this.receivers = receivers;
        this.signal = signal;
        receivers.onReload(_ -> signal.give());
    }

    @Override
    public void start() {
        isStopping = false;
        Thread own = Thread.ofPlatform().daemon().name("notifier").unstarted(this::run);
        thread = own;
        own.start();
    }

    private void run() {
        try {
            while (!isStopping) {
                await(compare());
            }
        } catch (InterruptedException _) {
            // Only a process that ends interrupts this thread.
            log.atDebug().log("the notifier ends");
        }
    }

    /// Compares once.
    ///
    /// @return time until the next comparison
    private Duration compare() {
        long began = System.nanoTime();
        try {
            Duration wanted = scan.run(began);
            if (isFailing) {
                log.atInfo().log("notifications can be made again");
            }
            isFailing = false;
            return pause(wanted, began);
        } catch (RuntimeException e) {
            if (!isFailing) {
                log.atWarn()
                        .addKeyValue("cause", e.getMessage())
                        .log("notifications cannot be made and are made later");
            }
            log.atDebug().setCause(e).log("a comparison failed");
            isFailing = true;
            return FAILED;
        }
    }

    /// Work never takes more than a sixth of the time.
    private Duration pause(Duration wanted, long began) {
        Duration pause = signal.isRecent() && wanted.compareTo(SOON) > 0 ? SOON : wanted;
        Duration least = Duration.ofNanos((System.nanoTime() - began) * REST_PER_WORK);
        return pause.compareTo(least) < 0 ? least : pause;
    }

    private void await(Duration pause) throws InterruptedException {
        if (receivers.all().isEmpty()) {
            signal.await();
        } else if (signal.await(pause)) {
            // The change is on its way into the store, and a burst of changes is one signal.
            var _ = signal.await(SOON);
        }
    }

    @Override
    public void stop() {
        isStopping = true;
        signal.give();
        Thread own = thread;
        try {
            if (own != null) {
                own.join(FAILED);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /// After the schedule, which has the definitions, and before the web server.
    @Override
    public int getPhase() {
        return 1;
    }
}
