package dev.sonde.notification.message;

import dev.sonde.probe.keeping.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The store of episodes and of what was sent of them. Safe for any thread; every method may block.
public interface NotificationStore {

    /// Since when each receiver exists; one that is new exists from now on.
    Map<String, Instant> since(Collection<String> receivers, Instant now);

    /// Episodes that go on, that ended since then, or whose end was not sent yet.
    List<Episode> episodes(Instant endedSince);

    /// The records of what receivers were sent of episodes that go on, or ended since then.
    List<Told> told(Instant closedSince);

    /// Keeps a message and the records that it changes, in one transaction. Nothing is kept if
    /// another process changed one of them first.
    ///
    /// @param message absent where nothing is sent
    /// @return whether it is kept
    boolean save(@Nullable Message message, List<ToldChange> changes);

    /// Takes the oldest message that is due, without entries of which a newer message says more.
    ///
    /// @param lease for how long nobody else takes it
    Optional<ClaimedMessage> claim(String receiver, Instant now, Duration lease);

    /// Keeps the result of an attempt.
    void record(String id, AttemptRecord result);

    /// Messages that wait, by receiver; the next attempt's time of each.
    List<WaitingMessage> waiting();

    Page<MessageDelivery> list(DeliverySearch search);

    Optional<MessageDelivery> find(String id);

    /// Makes every message of a receiver due that it refused or that waits for a later attempt.
    void retry(String receiver, Instant now);

    /// Takes back claims of an earlier process, where no other one shares the database.
    void releaseClaims();

    /// Removes what ended before.
    void removeEnded(Instant before);
}
