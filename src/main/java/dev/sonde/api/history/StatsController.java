package dev.sonde.api.history;

import dev.sonde.api.probe.ProbeViewMaker;
import dev.sonde.api.request.Query;
import dev.sonde.form.condition.LabelSelector;
import dev.sonde.history.ForeignRuns;
import dev.sonde.history.HistoryProperties;
import dev.sonde.history.Statistics;
import dev.sonde.history.StatisticsReader;
import dev.sonde.history.Tier;
import dev.sonde.history.Window;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.Schedules;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RestController;

/// Uptime and latency of probes, over windows and as a series.
@RestController
class StatsController implements StatsOperations {

    private static final int MOST_BUCKETS = 1_000;

    private final StatisticsReader reader;
    private final HeldElsewhereRuns elsewhere;
    private final Schedules schedules;
    private final HistoryProperties kept;
    private final Clock clock;

    StatsController(
            StatisticsReader reader,
            HeldElsewhereRuns elsewhere,
            Schedules schedules,
            HistoryProperties kept,
            Clock clock) {
        this.reader = reader;
        this.elsewhere = elsewhere;
        this.schedules = schedules;
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public StatsListView ofProbe(String name, WindowParameters parameters) {
        Map<String, Instant> probe = Map.of(name, find(name).createdAt());
        Instant now = clock.instant();
        List<WindowParameters.NamedWindow> windows = parameters.asked(now);
        ForeignRuns foreign = elsewhere.of(name);
        List<StatsView> items = new ArrayList<>();
        for (WindowParameters.NamedWindow asked : windows) {
            Window window = Window.of(asked.from(), asked.to(), now, kept);
            Statistics found =
                    StatisticsReader.sum(reader.read(probe, window, now, foreign).values());
            items.add(
                    StatsView.of(
                            new StatsView.Subject(
                                    asked.name(), null, null, window.from(), window.to()),
                            found));
        }
        return StatsListView.of(items, foreign);
    }

    @Override
    public StatsListView ofMany(
            WindowParameters parameters, @Nullable String by, HttpServletRequest request) {
        LabelSelector selector = LabelSelector.of(request.getParameterValues("label"));
        Map<String, Map<String, Instant>> groups = groups(selector, by);
        Instant now = clock.instant();
        List<WindowParameters.NamedWindow> windows = parameters.asked(now);
        ForeignRuns foreign = elsewhere.ofAll(request.getParameterValues("label"));
        List<StatsView> items = new ArrayList<>();
        for (WindowParameters.NamedWindow asked : windows) {
            Window window = Window.of(asked.from(), asked.to(), now, kept);
            groups.forEach(
                    (value, probes) ->
                            items.add(
                                    StatsView.of(
                                            new StatsView.Subject(
                                                    asked.name(),
                                                    by == null || value.isEmpty()
                                                            ? Map.of()
                                                            : Map.of(by, value),
                                                    probes.size(),
                                                    window.from(),
                                                    window.to()),
                                            StatisticsReader.sum(
                                                    reader.read(probes, window, now, foreign)
                                                            .values()))));
        }
        return StatsListView.of(items, foreign);
    }

    /// Creation of each probe by its name, by the value of a label; the empty value means none.
    private Map<String, Map<String, Instant>> groups(LabelSelector selector, @Nullable String by) {
        Map<String, Map<String, Instant>> groups = new TreeMap<>();
        schedules
                .definitions()
                .filter(probe -> selector.matches(probe.spec().labels()))
                .forEach(probe -> group(groups, by, probe).put(probe.name(), probe.createdAt()));
        return groups;
    }

    private static Map<String, Instant> group(
            Map<String, Map<String, Instant>> groups, @Nullable String by, ProbeDefinition probe) {
        String value = by == null ? "" : probe.spec().labels().getOrDefault(by, "");
        return groups.computeIfAbsent(value, _ -> new TreeMap<>());
    }

    @Override
    public SeriesView series(
            String name, @Nullable String from, @Nullable String to, @Nullable String step) {
        find(name);
        Tier tier = step == null ? Tier.FIVE_MINUTES : tier(step);
        WindowParameters.NamedWindow asked =
                WindowParameters.between(from, to, Duration.ofDays(1), clock.instant());
        Duration length = Duration.between(asked.from(), asked.to());
        if (length.toSeconds() / tier.stepSeconds() >= MOST_BUCKETS) {
            throw Query.invalid(
                    "step",
                    tier.label(),
                    "a longer step: at most " + MOST_BUCKETS + " are answered");
        }
        ForeignRuns foreign = elsewhere.of(name);
        return new SeriesView(
                tier.label(),
                reader.series(name, tier, length, asked.from(), foreign).stream()
                        .map(SeriesView.BucketView::of)
                        .toList(),
                foreign.missing().isEmpty() ? null : foreign.missing());
    }

    private static Tier tier(String step) {
        List<String> known = Arrays.stream(Tier.values()).map(Tier::label).toList();
        String word = Query.word("step", step, known);
        return Arrays.stream(Tier.values())
                .filter(tier -> tier.label().equals(word))
                .findAny()
                .orElseThrow();
    }

    private ProbeDefinition find(String name) {
        return schedules.find(name).orElseThrow(ProbeViewMaker::unknown).definition();
    }
}
