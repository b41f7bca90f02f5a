package dev.sonde.schedule;

import static dev.sonde.schedule.HandDrivenSchedule.SPEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.keeping.Page;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProbeListTest {

    private final HandDrivenSchedule driven = new HandDrivenSchedule();

    @BeforeEach
    void create() {
        driven.put("c", SPEC);
        driven.put("a", SPEC.withLabels(Map.of("team", "payments", "env", "prod")));
        driven.put("b", SPEC.withLabels(Map.of("team", "payments")).withPaused(true));
    }

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void pagesFollowOneAnotherInTheOrderOfNames() {
        Page<ProbeSnapshot> first = driven.schedules.list().page(ProbeFilter.ALL, null, 2);
        assertThat(names(first)).containsExactly("a", "b");
        Page<ProbeSnapshot> second = driven.schedules.list().page(ProbeFilter.ALL, first.next(), 2);
        assertThat(names(second)).containsExactly("c");
        assertThat(second.next()).isNull();
    }

    @Test
    void pagesFollowOneAnotherInTheOrderThatIsAskedFor() {
        Page<ProbeSnapshot> first =
                driven.schedules
                        .list()
                        .sorted(ProbeFilter.ALL, ProbeOrder.of("-name").orElseThrow(), null, 2);
        assertThat(names(first)).containsExactly("c", "b");
        Page<ProbeSnapshot> second =
                driven.schedules
                        .list()
                        .sorted(ProbeFilter.ALL, ProbeOrder.NAME_DESCENDING, first.next(), 2);
        assertThat(names(second)).containsExactly("a");
        driven.pass(Duration.ofSeconds(1));
        driven.put("b", SPEC);
        assertThat(
                        names(
                                driven.schedules
                                        .list()
                                        .sorted(
                                                ProbeFilter.ALL,
                                                ProbeOrder.SINCE_DESCENDING,
                                                null,
                                                1)))
                .containsExactly("b");
    }

    @Test
    void nextIsAbsentWhenThePageIsJustFull() {
        assertThat(driven.schedules.list().page(ProbeFilter.ALL, null, 3).next()).isNull();
    }

    @Test
    void probesAreFoundByLabel() {
        ProbeFilter payments = new ProbeFilter(Map.of("team", "payments"), null);
        assertThat(names(driven.schedules.list().page(payments, null, 10)))
                .containsExactly("a", "b");
        assertThat(driven.schedules.list().page(payments, null, 1).next()).isEqualTo("a");
    }

    @Test
    void probesAreFoundByState() {
        ProbeFilter paused = new ProbeFilter(Map.of(), ProbeState.PAUSED);
        assertThat(names(driven.schedules.list().page(paused, null, 10))).containsExactly("b");
    }

    private static List<String> names(Page<ProbeSnapshot> page) {
        return page.items().stream().map(view -> view.definition().name()).toList();
    }
}
