package dev.sonde.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MaintenanceBookTest {

    private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");

    private final List<Maintenance> stored = new ArrayList<>();
    private final MaintenanceBook book =
            new MaintenanceBook(
                    new MaintenanceStore() {
                        @Override
                        public List<Maintenance> all() {
                            return List.copyOf(stored);
                        }

                        @Override
                        public void add(Maintenance maintenance) {
                            stored.add(maintenance);
                        }

                        @Override
                        public void remove(List<UUID> ids) {
                            stored.removeIf(each -> ids.contains(each.id()));
                        }
                    });

    private Maintenance add(Selection selection, long from, long to) {
        Maintenance added =
                new Maintenance(
                        new UUID(stored.size() + 1, 1),
                        selection,
                        new OnceTiming(
                                new MaintenanceWindow(T0.plusSeconds(from), T0.plusSeconds(to))),
                        null,
                        T0.plusSeconds(stored.size()));
        book.add(added, T0);
        return added;
    }

    private boolean isUnder(String probe, long second) {
        return book.isUnder(probe, Map.of("team", "payments"), T0.plusSeconds(second));
    }

    @Test
    void probeIsUnderMaintenanceFromBeginToEnd() {
        add(Selection.byNames(Set.of("a")), 10, 20);
        add(Selection.byLabels(List.of("team=payments", "env!=test")), 15, 30);
        assertThat(List.of(isUnder("a", 9), isUnder("a", 10), isUnder("b", 14)))
                .containsExactly(false, true, false);
        assertThat(List.of(isUnder("b", 15), isUnder("a", 29), isUnder("a", 30), isUnder("a", 12)))
                .containsExactly(true, true, false, true);
        assertThat(book.find("a", Map.of("team", "payments"), T0.plusSeconds(16)))
                .hasValueSatisfying(
                        under -> assertThat(under.window().to()).isEqualTo(T0.plusSeconds(30)));
    }

    @Test
    void windowEndsWhenItsMaintenanceIsRemoved() {
        Maintenance one = add(Selection.byNames(Set.of("a")), 10, 20);
        assertThat(isUnder("a", 15)).isTrue();
        assertThat(book.remove(one.id())).isTrue();
        assertThat(isUnder("a", 16)).isFalse();
        assertThat(book.remove(one.id())).isFalse();
    }

    @Test
    void expressionHasNoWindowBeforeItsCreation() {
        CronTiming hourly = CronTiming.of("0 * * * *", Duration.ofMinutes(30), ZoneOffset.UTC);
        book.add(
                new Maintenance(
                        new UUID(1, 1),
                        Selection.byNames(Set.of("a")),
                        hourly,
                        null,
                        T0.plusSeconds(60)),
                T0);
        assertThat(List.of(isUnder("a", 59), isUnder("a", 60), isUnder("a", 1_800)))
                .containsExactly(false, true, false);
        assertThat(isUnder("a", 3_600)).isTrue();
    }

    @Test
    void endedMaintenanceMakesRoomWhenThereAreAsManyAsCanBe() {
        Maintenance ended = add(Selection.byNames(Set.of("a")), -20, -10);
        for (int i = 1; i < MaintenanceBook.MOST; i++) {
            add(Selection.byNames(Set.of("a")), 10, 20);
        }
        add(Selection.byNames(Set.of("a")), 10, 20);
        assertThat(book.find(ended.id())).isEmpty();
        assertThat(book.all()).hasSize(MaintenanceBook.MOST);
        assertThatExceptionOfType(MaintenancesFullException.class)
                .isThrownBy(() -> add(Selection.byNames(Set.of("a")), 10, 20));
    }

    /// A thread that wakes late reports what it has slept through.
    @Test
    void beginAndEndOfEveryWindowAreReportedInTheirOrder() throws InterruptedException {
        AtomicReference<Instant> now = new AtomicReference<>(T0);
        BlockingQueue<MaintenanceEvent> told = new LinkedBlockingQueue<>();
        try (MaintenanceWatch watch = new MaintenanceWatch(book, at(now), List.of(told::add))) {
            watch.start();
            add(Selection.byNames(Set.of("a")), 10, 20);
            Maintenance late = add(Selection.byNames(Set.of("b")), 15, 1_000);
            book.remove(late.id());
            // A wake that is still due may see the new time at once, or the next one does.
            now.set(T0.plusSeconds(30));
            add(Selection.byNames(Set.of("c")), 25, 1_000);
            assertThat(List.of(second(told.take()), second(told.take()), second(told.take())))
                    .containsExactly("begin 10", "end 20", "begin 25");
            book.remove(stored.getLast().id());
            assertThat(second(told.take())).isEqualTo("end 30");
        }
    }

    private static String second(MaintenanceEvent event) {
        return (event.isBegin() ? "begin " : "end ")
                + (event.at().getEpochSecond() - T0.getEpochSecond());
    }

    private static Clock at(AtomicReference<Instant> now) {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
