package dev.sonde.definition;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// Follows the stored sources: once where no other replica changes them, again and again otherwise.
/// Started and stopped by Spring's main thread.
final class SourceFollower implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SourceFollower.class);

    private static final Duration BETWEEN = Duration.ofSeconds(2);

    private final SetSources followed;
    private final DefinitionSources sources;
    private final Set<String> owned;
    private final boolean isAlone;

    /// Written by the main thread.
    private volatile @Nullable ScheduledExecutorService thread;

    /// The thread's own: whether the latest try failed.
    private boolean isFailing;

    /// @param owned sets whose sources come from elsewhere
    SourceFollower(
            SetSources followed, DefinitionSources sources, Set<String> owned, boolean isAlone) {
        this.followed = followed;
        this.sources = sources;
        this.owned = Set.copyOf(owned);
        this.isAlone = isAlone;
    }

    /// Begins after probes and listeners have started.
    @Override
    public void start() {
        ScheduledExecutorService own =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofVirtual().name("source-follower").factory());
        var _ =
                own.scheduleWithFixedDelay(
                        () -> follow(own), 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        thread = own;
    }

    private void follow(ScheduledExecutorService own) {
        try {
            followed.follow(owned);
            isFailing = false;
            if (isAlone) {
                own.shutdown();
            }
        } catch (RuntimeException e) {
            if (!isFailing) {
                log.atWarn()
                        .addKeyValue("cause", e.getMessage())
                        .log("stored sources cannot be read and are read again");
            }
            isFailing = true;
        }
    }

    /// Ends all readings of sources.
    @Override
    public void stop() {
        ScheduledExecutorService own = thread;
        thread = null;
        if (own != null) {
            own.shutdownNow();
            sources.stop();
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
