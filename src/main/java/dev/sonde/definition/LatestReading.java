package dev.sonde.definition;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The latest reading of the files of definitions, and its observers. One thread at a time reads,
/// any thread asks.
final class LatestReading {

    private static final Logger log = LoggerFactory.getLogger(LatestReading.class);

    /// The looks between two tries to apply a content that does not change and was refused.
    private static final int LOOKS_BETWEEN_TRIES = 15;

    private final Clock clock;
    private final CopyOnWriteArrayList<Consumer<FileStatus>> observers =
            new CopyOnWriteArrayList<>();

    /// Written by the thread that reads, read by every thread.
    private volatile @Nullable FileStatus status;

    /// Looks since the latest reading; of the thread that reads.
    private int looks;

    LatestReading(Clock clock) {
        this.clock = clock;
    }

    /// Empty where nothing has been read.
    Optional<FileStatus> latest() {
        return Optional.ofNullable(status);
    }

    /// A reading begins.
    void begin() {
        looks = 0;
    }

    /// Counts a look at the files.
    ///
    /// @return whether a content that was refused is due again
    boolean looked() {
        looks++;
        FileStatus last = status;
        return last != null && !last.isSuccessful() && looks >= LOOKS_BETWEEN_TRIES;
    }

    void observe(Consumer<FileStatus> observer) {
        observers.add(observer);
        latest().ifPresent(observer);
    }

    void succeeded() {
        publish(new FileStatus(true, clock.instant(), null));
    }

    /// A problem that lasts is logged once.
    void failed(RuntimeException e) {
        FileStatus before = status;
        String problem = String.valueOf(e.getMessage());
        publish(new FileStatus(false, before == null ? null : before.lastSuccess(), problem));
        if (before == null || !problem.equals(before.problem())) {
            log.atWarn()
                    .addKeyValue("problem", problem)
                    .log("files of definitions cannot be used; the earlier definitions stay");
        }
    }

    private void publish(FileStatus now) {
        status = now;
        observers.forEach(observer -> observer.accept(now));
    }
}
