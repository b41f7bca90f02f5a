package dev.sonde.listen.port;

import dev.sonde.lane.Lane;
import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.engine.LoopTimer;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Keeps one listener's accept queue full until it is stopped. Confined to the listener's loop.
final class QueueUpkeep {

    /// The time between two checks of a queue.
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final QueueFiller filler;
    private final LoopTimer timer;
    private final CompletableFuture<Void> filled = new CompletableFuture<>();
    private @Nullable Kept kept;

    /// The queue that is kept full.
    private record Kept(Port port, int backlog) {}

    QueueUpkeep(ListenEngine engine, Lane lane) {
        this.filler = new QueueFiller(lane, engine.sockets().descriptors());
        this.timer = new LoopTimer(lane.loop(), this::fill);
    }

    /// Begins.
    ///
    /// @return when the queue is full for the first time
    CompletableFuture<Void> start(Port port, int backlog) {
        kept = new Kept(port, backlog);
        fill();
        return filled;
    }

    boolean isRunning() {
        return kept != null;
    }

    boolean owns(InetSocketAddress remote) {
        return filler.owns(remote);
    }

    /// Stops filling and resets the clients. They stay in the queue until they are accepted or the
    /// listener closes. Until then they are known as own ones.
    void stop() {
        kept = null;
        timer.cancel();
        filler.release();
        filled.completeExceptionally(
                new ListenerException(
                        ListenerProblem.LOCAL_ERROR, "closed before its queue was full"));
    }

    private void fill() {
        if (kept == null) {
            return;
        }
        try {
            boolean isFull = filler.fillSome(kept.port(), kept.backlog());
            timer.setAfter(isFull ? PERIOD : Duration.ZERO);
            if (isFull) {
                filled.complete(null);
            }
        } catch (ListenerException e) {
            timer.setAfter(PERIOD);
            filled.completeExceptionally(e);
        }
    }
}
