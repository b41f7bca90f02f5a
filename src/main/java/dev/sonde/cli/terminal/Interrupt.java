package dev.sonde.cli.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ctrl-C and SIGTERM, which let a command end its output. Safe for any thread.
///
/// The process ends when the command has, and at the latest after [#PATIENCE].
public final class Interrupt {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Runnable action = () -> {};

    private Interrupt() {}

    /// An interrupt that never comes.
    static Interrupt none() {
        return new Interrupt();
    }

    /// Takes signals from now on.
    static Interrupt install() {
        Interrupt interrupt = new Interrupt();
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("interrupt").unstarted(interrupt::onSignal));
        return interrupt;
    }

    /// Runs the action when a signal comes, and at once where one has come.
    public void whenAsked(Runnable action) {
        this.action = action;
        if (isAsked()) {
            action.run();
        }
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /// Waits for a time, or for a signal.
    ///
    /// @return whether a signal came
    public boolean await(Duration time) {
        try {
            return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// The command has written all that it has to say.
    public void ended() {
        ended.countDown();
    }

    private void onSignal() {
        asked.countDown();
        action.run();
        try {
            boolean _ = ended.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
