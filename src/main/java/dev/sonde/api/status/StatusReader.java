package dev.sonde.api.status;

import dev.sonde.api.history.HeldElsewhereRuns;
import dev.sonde.history.ForeignRuns;
import dev.sonde.history.HistoryProperties;
import dev.sonde.history.Incident;
import dev.sonde.history.IncidentHistory;
import dev.sonde.history.Statistics;
import dev.sonde.history.StatisticsReader;
import dev.sonde.history.Window;
import dev.sonde.page.PageProperties;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.keeping.MaintenanceCalendar;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.Schedules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Reads the status of all probes, at most once in ten seconds whatever the number of callers. Safe
/// for any thread; blocks.
@Component
class StatusReader {

    static final Duration AGE = Duration.ofSeconds(10);

    private static final Duration OUTAGES = Duration.ofDays(7);
    private static final int MOST_OUTAGES = 10;

    private final Schedules schedules;
    private final StatisticsReader statistics;
    private final HeldElsewhereRuns elsewhere;
    private final IncidentHistory incidents;
    private final HistoryProperties kept;
    private final PageProperties page;
    private final MaintenanceCalendar maintenances;
    private final Clock clock;
    private final RecentStatistics recent;

    /// The latest answer; guarded by this object's lock, so that callers wait for one reading.
    private @Nullable StatusView latest;

    StatusReader(
            Schedules schedules,
            StatisticsReader statistics,
            HeldElsewhereRuns elsewhere,
            IncidentHistory incidents,
            HistoryProperties kept,
            PageProperties page,
            MaintenanceCalendar maintenances,
            Clock clock) {
        this.schedules = schedules;
        this.statistics = statistics;
        this.elsewhere = elsewhere;
        this.incidents = incidents;
        this.kept = kept;
        this.page = page;
        this.maintenances = maintenances;
        this.clock = clock;
        this.recent = new RecentStatistics(clock);
    }

    synchronized StatusView read() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        StatusView before = latest;
        if (before != null && Duration.between(before.asOf(), now).abs().compareTo(AGE) < 0) {
            return before;
        }
        StatusView read = new StatusView(now, items(now));
        latest = read;
        return read;
    }

    /// The word of a probe's state now.
    String word(ProbeDefinition probe, ProbeState state) {
        return word(probe, state, clock.instant());
    }

    /// A paused probe is paused, also under maintenance.
    private String word(ProbeDefinition probe, ProbeState state, Instant now) {
        boolean isUnder =
                state != ProbeState.PAUSED
                        && maintenances.isUnder(probe.name(), probe.spec().labels(), now);
        return isUnder ? "maintenance" : state.label();
    }

    /// The figures of one probe in a window that ends now or a few seconds ago; absent without a
    /// run.
    @Nullable Statistics of(ProbeDefinition probe, Duration length) {
        return recent.of(
                new RecentStatistics.Subject(probe.name(), probe.createdAt(), length),
                () -> readNow(probe, length));
    }

    private @Nullable Statistics readNow(ProbeDefinition probe, Duration length) {
        Instant now = clock.instant();
        Map<String, Instant> created = Map.of(probe.name(), probe.createdAt());
        return statistics
                .read(created, window(length, now), now, elsewhere.of(probe.name()))
                .get(probe.name());
    }

    private Window window(Duration length, Instant now) {
        return Window.of(now.minus(length), now, now, kept);
    }

    private List<StatusView.Item> items(Instant now) {
        Map<String, Instant> created = new HashMap<>();
        schedules.definitions().forEach(each -> created.put(each.name(), each.createdAt()));
        ForeignRuns foreign = elsewhere.ofAll(null);
        var day = statistics.read(created, window(Duration.ofDays(1), now), now, foreign);
        var month = statistics.read(created, window(Duration.ofDays(30), now), now, foreign);
        Map<String, List<StatusView.Outage>> outages = outages(created, now);
        return schedules
                .all()
                .map(
                        probe -> {
                            String name = probe.definition().name();
                            return new StatusView.Item(
                                    name,
                                    target(probe.definition()),
                                    word(probe.definition(), probe.health().state(), now),
                                    probe.health().since().truncatedTo(ChronoUnit.MILLIS),
                                    uptime(day.get(name)),
                                    uptime(month.get(name)),
                                    outages.getOrDefault(name, List.of()));
                        })
                .toList();
    }

    private @Nullable String target(ProbeDefinition probe) {
        return page.publicTargets() ? String.valueOf(probe.spec().target()) : null;
    }

    private Map<String, List<StatusView.Outage>> outages(Map<String, Instant> probes, Instant now) {
        List<Incident> found = incidents.incidents(probes.keySet(), now.minus(OUTAGES), now);
        Map<String, List<StatusView.Outage>> outages = new HashMap<>();
        found.stream()
                .sorted(Comparator.comparing(Incident::from).reversed())
                .forEach(each -> add(outages, each));
        return outages;
    }

    private static void add(Map<String, List<StatusView.Outage>> outages, Incident incident) {
        List<StatusView.Outage> own =
                outages.computeIfAbsent(incident.probe(), _ -> new ArrayList<>());
        if (own.size() < MOST_OUTAGES) {
            own.add(new StatusView.Outage(incident.from(), incident.to()));
        }
    }

    private static @Nullable Double uptime(@Nullable Statistics statistics) {
        return statistics == null ? null : statistics.uptime();
    }
}
