package dev.sonde.store.buffer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The signal that there is work. Its one waiting thread is its owner; [#raise], [#hurry] and
/// [#close] are for any thread and never block.
public final class WorkSignal {

    private enum Wait {
        NONE,

        /// Until a time, or until somebody hurries.
        PAUSE,

        /// Until there is work.
        REST
    }

    /// Set by the owner, reset by the thread that ends the wait.
    private final AtomicReference<Wait> wait = new AtomicReference<>(Wait.NONE);

    /// Set by any thread, cleared by the owner.
    private volatile boolean isUrgent;

    /// Set by [#close], read by the owner.
    private volatile boolean isClosed;

    /// Set by the owner before its first wait, read by the others.
    private volatile @Nullable Thread owner;

    /// There is work, which can wait: ends a rest.
    public void raise() {
        end(Wait.REST);
    }

    /// There is work that cannot wait: ends a rest or a pause, or the next pause at once.
    public void hurry() {
        if (!isUrgent) {
            isUrgent = true;
            end(Wait.REST);
            end(Wait.PAUSE);
        }
    }

    public void close() {
        isClosed = true;
        LockSupport.unpark(owner);
    }

    /// Waits for this time, or until somebody hurries.
    ///
    /// @return false once it is closed
    public boolean pause(long millis) {
        begin(Wait.PAUSE);
        park(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), () -> isUrgent);
        isUrgent = false;
        return !isClosed();
    }

    /// Waits for this time, also when somebody hurries: the work cannot be done now.
    ///
    /// @return false once it is closed
    public boolean backOff(long millis) {
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        begin(Wait.NONE);
        for (long left = endNanos - System.nanoTime();
                left > 0 && !isClosed();
                left = endNanos - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        return !isClosed();
    }

    /// Waits until there is work, at most for this time.
    ///
    /// @param hasWork asked by the owner before it waits
    public void rest(long mostMillis, BooleanSupplier hasWork) {
        begin(Wait.REST);
        park(
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(mostMillis),
                () -> isUrgent || hasWork.getAsBoolean());
    }

    /// Whether the owner waits for work, and not for a time.
    public boolean isResting() {
        return wait.get() == Wait.REST;
    }

    private void begin(Wait kind) {
        owner = Thread.currentThread();
        wait.set(kind);
    }

    private void park(long endNanos, BooleanSupplier isOver) {
        if (!isOver.getAsBoolean()) {
            for (long left = endNanos - System.nanoTime();
                    left > 0 && wait.get() != Wait.NONE && !isClosed();
                    left = endNanos - System.nanoTime()) {
                LockSupport.parkNanos(this, left);
            }
        }
        wait.set(Wait.NONE);
    }

    private void end(Wait kind) {
        if (wait.get() == kind && wait.compareAndSet(kind, Wait.NONE)) {
            LockSupport.unpark(owner);
        }
    }

    /// Nobody interrupts the owner except a process that ends.
    private boolean isClosed() {
        return isClosed || Thread.currentThread().isInterrupted();
    }
}
