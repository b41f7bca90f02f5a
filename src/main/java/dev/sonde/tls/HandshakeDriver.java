package dev.sonde.tls;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The course of a TLS handshake, on either side. The set-up of the connection and the engine's
/// tasks take long, so they run off the loop.
///
/// ```
/// new --> away (set-up) --> handshake <--> away (task)
///                              '--> done, failed
/// ```
///
/// Confined to the connection's loop, but for [#done].
public final class HandshakeDriver<T extends TlsConnection> {

    private static final Logger log = LoggerFactory.getLogger(HandshakeDriver.class);

    private final Supplier<T> setUp;
    private final Executor threads;
    private final Runnable wake;
    private boolean isAway;
    private @Nullable T connection;

    /// The outcome of the work off the loop: written by its thread before it wakes the loop, read
    /// by the loop.
    private volatile @Nullable Work<T> done;

    /// @param made the connection; absent where it could not be set up
    private record Work<T>(@Nullable T made, @Nullable Throwable problem) {}

    /// The connection could not be set up. Its message is that of the cause.
    public static final class SetUpException extends IOException {

        private static final long serialVersionUID = 1L;

        private SetUpException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /// The service is shutting down, and no thread takes the work.
    public static final class ShutDownException extends IOException {

        private static final long serialVersionUID = 1L;

        private ShutDownException(Throwable cause) {
            super("the service is shutting down", cause);
        }
    }

    /// @param setUp makes the connection; called off the loop
    /// @param threads for the long work
    /// @param wake has [#proceed] called on the loop; called on any thread
    public HandshakeDriver(Supplier<T> setUp, Executor threads, Runnable wake) {
        this.setUp = setUp;
        this.threads = threads;
        this.wake = wake;
    }

    /// Goes on as far as it can.
    ///
    /// @return the need to fulfil first; [TlsConnection.Want#TASK] while work goes on elsewhere,
    ///     which wakes the loop itself
    /// @throws SetUpException where the connection could not be set up
    /// @throws IOException where the handshake failed, or the connection broke
    public TlsConnection.Want proceed() throws IOException {
        if (isAway) {
            Work<T> work = done;
            if (work == null) {
                return TlsConnection.Want.TASK;
            }
            isAway = false;
            if (work.problem() != null) {
                throw new SetUpException(work.problem());
            }
            connection = work.made();
        }
        T own = connection;
        if (own == null) {
            return away(this::make);
        }
        TlsConnection.Want want = own.handshake();
        if (want == TlsConnection.Want.TASK) {
            Runnable task = own.task();
            return away(() -> run(task, own));
        }
        return want;
    }

    /// The connection; absent before it is set up. While work goes on elsewhere, only its counters
    /// may be read.
    public @Nullable T connection() {
        return connection;
    }

    /// The connection, if no work goes on elsewhere.
    public @Nullable T idle() {
        return isAway ? null : connection;
    }

    /// Whether work off the loop has not ended.
    public boolean isBusy() {
        return isAway && done == null;
    }

    /// Whether bytes wait here that the selector does not report, so that [#proceed] is to be
    /// called again.
    public boolean mayHoldMore() {
        T own = idle();
        return own != null && own.mayHoldMore();
    }

    private Work<T> make() {
        try {
            return new Work<>(setUp.get(), null);
        } catch (RuntimeException | Error e) {
            return new Work<>(null, e);
        }
    }

    /// Runs a task of the engine. Its exception is caused by the peer's bytes.
    private Work<T> run(Runnable task, T own) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            log.atDebug().setCause(e).log("a task of the TLS handshake failed");
            own.taskFailed(e);
        }
        return new Work<>(own, null);
    }

    private TlsConnection.Want away(Supplier<Work<T>> work) throws ShutDownException {
        isAway = true;
        done = null;
        try {
            threads.execute(
                    () -> {
                        done = work.get();
                        wake.run();
                    });
            return TlsConnection.Want.TASK;
        } catch (RejectedExecutionException e) {
            throw new ShutDownException(e);
        }
    }
}
