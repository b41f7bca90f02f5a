package dev.sonde.store;

import static dev.sonde.probe.finding.ProbeState.DEGRADED;
import static dev.sonde.probe.finding.ProbeState.DOWN;
import static dev.sonde.probe.finding.ProbeState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.notification.message.AttemptRecord;
import dev.sonde.notification.message.ClaimedMessage;
import dev.sonde.notification.message.DeliverySearch;
import dev.sonde.notification.message.DeliveryState;
import dev.sonde.notification.message.Entry;
import dev.sonde.notification.message.Episode;
import dev.sonde.notification.message.EpisodeKind;
import dev.sonde.notification.message.Message;
import dev.sonde.notification.message.MessageDelivery;
import dev.sonde.notification.message.MessageEvent;
import dev.sonde.notification.message.NotificationStore;
import dev.sonde.notification.message.Told;
import dev.sonde.notification.message.ToldChange;
import dev.sonde.probe.keeping.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Messages and the memory of what was sent, on one kind of database.
abstract class NotificationContract {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);

    private NotificationDatabase db;
    private NotificationStore store;

    abstract TestDatabase database();

    @BeforeEach
    void open() {
        database().clear();
        db = new NotificationDatabase(database());
        store = db.store();
    }

    private static Entry entry(String subject) {
        return new Entry(
                subject,
                subject,
                "a",
                "db:1",
                "down",
                NOW,
                null,
                null,
                "connect",
                "refused",
                "é",
                Map.of("team", "x\n\"{{"),
                1);
    }

    private Message message(MessageEvent event, String... subjects) {
        List<Entry> entries = Stream.of(subjects).map(NotificationContract::entry).toList();
        return new Message(db.ids().next(NOW).toString(), "ops", event, entries, null, NOW);
    }

    private static List<ToldChange> changes(Message message, @Nullable Told before, Instant at) {
        return message.entries().stream()
                .map(
                        it ->
                                new ToldChange(
                                        before,
                                        new Told(
                                                "ops",
                                                it.subject(),
                                                EpisodeKind.DOWN,
                                                Told.Stage.OPEN,
                                                at,
                                                message.id(),
                                                it)))
                .toList();
    }

    private Message test() {
        Message message = message(MessageEvent.TEST);
        assertThat(store.save(message, List.of())).isTrue();
        return message;
    }

    private @Nullable String claim(Instant now) {
        return store.claim("ops", now, LEASE).map(it -> it.message().id()).orElse(null);
    }

    /// Results of the same work on several threads.
    private static <T> List<T> atOnce(int threads, Callable<T> work)
            throws InterruptedException, ExecutionException {
        List<T> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<T> each :
                    pool.invokeAll(IntStream.range(0, threads).mapToObj(_ -> work).toList())) {
                results.add(each.get());
            }
        }
        return results;
    }

    @Test
    void claimedMessageIsNobodyElsesUntilItsLeaseEnds() {
        Message first = test();
        Message second = test();
        assertThat(claim(NOW)).isEqualTo(first.id());
        assertThat(claim(NOW)).isEqualTo(second.id());
        assertThat(claim(NOW.plus(LEASE).minusSeconds(1))).isNull();
        assertThat(claim(NOW.plus(LEASE))).isEqualTo(first.id());
        store.releaseClaims();
        assertThat(claim(NOW)).isEqualTo(first.id());
        assertThat(store.claim("other", NOW, LEASE)).isEmpty();
    }

    @Test
    void messageIsClaimedOnceWhenManyAsk() throws Exception {
        List<String> made = Stream.generate(this::test).limit(12).map(Message::id).toList();
        List<List<String>> claimed =
                atOnce(
                        4,
                        () -> {
                            List<String> own = new ArrayList<>();
                            Optional<ClaimedMessage> next = store.claim("ops", NOW, LEASE);
                            while (next.isPresent()) {
                                own.add(next.get().message().id());
                                next = store.claim("ops", NOW, LEASE);
                            }
                            return own;
                        });
        assertThat(claimed.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void attemptDecidesWhetherAnotherFollows() {
        String id = test().id();
        Instant later = NOW.plusSeconds(90);
        claim(NOW);
        store.record(id, new AttemptRecord(DeliveryState.WAITING, 1, later, "status 503"));
        assertThat(claim(later.minusSeconds(1))).isNull();
        assertThat(store.waiting().getFirst().nextAt()).isEqualTo(later);
        assertThat(store.claim("ops", later, LEASE).orElseThrow().attempts()).isEqualTo(1);
        store.record(id, new AttemptRecord(DeliveryState.FAILED, 2, null, "status 400"));
        assertThat(store.waiting()).isEmpty();
        store.retry("ops", NOW);
        assertThat(claim(NOW)).isEqualTo(id);
        store.record(id, new AttemptRecord(DeliveryState.DELIVERED, 3, null, null));
        store.retry("ops", NOW);
        assertThat(claim(later)).isNull();
        MessageDelivery delivery = store.find(id).orElseThrow();
        assertThat(delivery.attempts()).isEqualTo(3);
        assertThat(delivery.lastError()).isEqualTo("status 400");
        assertThat(delivery.nextAt()).isNull();
    }

    @Test
    void messageThatIsNewIsKeptByOneOfManyWhoMakeIt() throws Exception {
        List<Boolean> kept =
                atOnce(
                        4,
                        () -> {
                            Message own = message(MessageEvent.OPENED, "s");
                            return store.save(own, changes(own, null, NOW));
                        });
        assertThat(kept).containsOnlyOnce(true);
        assertThat(store.waiting()).hasSize(1);
    }

    @Test
    void messageThatFollowsIsKeptByOneOfManyWhoMakeIt() throws Exception {
        Message first = message(MessageEvent.OPENED, "s");
        store.save(first, changes(first, null, NOW));
        Told before = store.told(NOW).getFirst();
        assertThat(before.entry()).isEqualTo(entry("s"));
        List<Boolean> kept =
                atOnce(
                        4,
                        () -> {
                            Message own = message(MessageEvent.REMINDED, "s");
                            return store.save(own, changes(own, before, NOW.plusSeconds(1)));
                        });
        assertThat(kept).containsOnlyOnce(true);
        assertThat(store.waiting()).hasSize(1);
    }

    @Test
    void messageLosesWhatANewerOneSays() {
        Message old = message(MessageEvent.OPENED, "s", "t");
        store.save(old, changes(old, null, NOW));
        Message newer = message(MessageEvent.CLOSED, "s");
        Told before =
                store.told(NOW).stream()
                        .filter(it -> it.subject().equals("s"))
                        .findFirst()
                        .orElseThrow();
        assertThat(store.save(newer, changes(newer, before, NOW.plusSeconds(1)))).isTrue();
        ClaimedMessage claimed = store.claim("ops", NOW, LEASE).orElseThrow();
        assertThat(claimed.message().id()).isEqualTo(old.id());
        assertThat(claimed.message().entries()).extracting(Entry::subject).containsExactly("t");
        assertThat(store.find(old.id()).orElseThrow().incidents()).containsExactly("t");
        assertThat(claim(NOW)).isEqualTo(newer.id());
    }

    /// Times that a clock wrote which was a month ahead.
    @Test
    void messageIsDueWhenTheClockWasSetBack() {
        String id = test().id();
        Instant ahead = NOW.plus(Duration.ofDays(30));
        store.record(id, new AttemptRecord(DeliveryState.WAITING, 1, ahead, "status 503"));
        assertThat(claim(NOW)).isEqualTo(id);
        store.record(id, new AttemptRecord(DeliveryState.WAITING, 1, NOW, "status 503"));
        assertThat(claim(ahead)).isEqualTo(id);
        assertThat(claim(NOW)).isEqualTo(id);
    }

    @Test
    void listGoesFromTheNewestOnAndIsFiltered() {
        List<String> made = Stream.generate(this::test).limit(3).map(Message::id).toList();
        store.record(made.get(1), new AttemptRecord(DeliveryState.FAILED, 1, null, "no"));
        Page<MessageDelivery> page = store.list(new DeliverySearch(null, "ops", null, 2));
        assertThat(page.items())
                .extracting(MessageDelivery::id)
                .containsExactly(made.get(2), made.get(1));
        DeliverySearch rest = new DeliverySearch(DeliveryState.WAITING, null, page.next(), 2);
        assertThat(store.list(rest).items())
                .extracting(MessageDelivery::id)
                .containsExactly(made.get(0));
        assertThat(store.list(new DeliverySearch(null, "other", null, 2)).items()).isEmpty();
    }

    @Test
    void receiverExistsSinceItWasSeenFirst() {
        store.since(List.of("ops"), NOW);
        assertThat(store.since(List.of("ops", "new"), NOW.plusSeconds(5)))
                .containsEntry("ops", NOW)
                .containsEntry("new", NOW.plusSeconds(5));
    }

    @Test
    void episodesAreIncidentsAndDegradedStretches() {
        Instant before = Instant.now().minusSeconds(60);
        db.define("a", "b");
        db.become("a", UP, DOWN);
        db.become("b", UP, DEGRADED);
        assertThat(store.episodes(before))
                .extracting(it -> it.probe() + " " + it.kind().label() + " " + it.endedBy())
                .containsExactlyInAnyOrder("a down null", "b degraded null");
        db.become("a", DOWN, UP);
        db.become("b", DEGRADED, UP);
        List<Episode> ended = store.episodes(before);
        assertThat(ended).extracting(Episode::endedBy).containsExactly("up", "up");
        assertThat(store.episodes(Instant.now().plusSeconds(60))).isEmpty();
    }

    @Test
    void whatEndedLongAgoIsRemoved() {
        Message message = message(MessageEvent.OPENED, "s");
        store.save(message, changes(message, null, NOW));
        test();
        store.removeEnded(NOW.plusSeconds(1));
        assertThat(store.waiting()).isEmpty();
        assertThat(store.told(NOW)).hasSize(1);
        Told open = store.told(NOW).getFirst();
        store.save(null, List.of(new ToldChange(open, open.at(Told.Stage.CLOSED))));
        store.removeEnded(NOW.plusSeconds(1));
        assertThat(store.told(NOW)).isEmpty();
    }
}
