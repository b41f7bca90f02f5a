package dev.sonde.result;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ResultSink;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The latest results of every probe, found by id. Safe for any thread; takes no lock.
///
/// A ring of a fixed number: a new result pushes the oldest out. (A cache that weighs how often an
/// entry was used keeps old results and drops new ones in a sweep, where each is used once.)
@Component
public final class RecentResults implements ResultSink {

    private final ResultProperties properties;
    private final Clock clock;
    private final Map<UUID, ProbeResult> byId = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable ProbeResult> ring;
    private final AtomicLong written = new AtomicLong();

    public RecentResults(ResultProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
        this.ring = new AtomicReferenceArray<>(properties.recentNumber());
    }

    @Override
    public void accept(ProbeResult result) {
        byId.put(result.id(), result);
        int slot = (int) (written.getAndIncrement() % ring.length());
        ProbeResult oldest = ring.getAndSet(slot, result);
        if (oldest != null) {
            byId.remove(oldest.id());
        }
    }

    /// The result, unless it is too old or was pushed out.
    public Optional<ProbeResult> find(UUID id) {
        return Optional.ofNullable(byId.get(id)).filter(this::isRecent);
    }

    private boolean isRecent(ProbeResult result) {
        return !result.startedAt().plus(properties.recentAge()).isBefore(clock.instant());
    }
}
