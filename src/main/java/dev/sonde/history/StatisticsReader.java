package dev.sonde.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The arithmetic of windows: uptime, incidents, time that was watched. Safe for any thread; its
/// methods may block.
public final class StatisticsReader {

    private static final long MILLIS = 1_000;

    private final RunHistory runs;
    private final IncidentHistory incidents;

    public StatisticsReader(RunHistory runs, IncidentHistory incidents) {
        this.runs = runs;
        this.incidents = incidents;
    }

    /// Of each of some probes, by name.
    ///
    /// @param created when each probe was created, by its name
    /// @param foreign the runs that other replicas have in memory
    public Map<String, Statistics> read(
            Map<String, Instant> created, Window window, Instant now, ForeignRuns foreign) {
        Map<String, List<Bucket>> buckets =
                runs.buckets(created.keySet(), window.stretches(), foreign);
        Map<String, List<Incident>> own = new HashMap<>();
        for (Incident each : incidents.incidents(created.keySet(), window.from(), window.to())) {
            own.computeIfAbsent(each.probe(), _ -> new ArrayList<>()).add(each);
        }
        Map<String, Statistics> read = new HashMap<>();
        created.forEach(
                (probe, since) -> {
                    List<Bucket> its = buckets.getOrDefault(probe, List.of());
                    if (!its.isEmpty()) {
                        Long unwatched = unwatched(probe, now, foreign);
                        Span span = span(since, its, window, now, unwatched);
                        read.put(probe, of(its, own.getOrDefault(probe, List.of()), span));
                    }
                });
        return read;
    }

    /// All of some as one: uptime is the share of all their runs.
    public static Statistics sum(Collection<Statistics> all) {
        return all.stream().reduce(Statistics.NONE, Statistics::plus);
    }

    /// The part of a window with known data, milliseconds since 1970.
    ///
    /// @param unwatchedAtEnd the unwatched time at its end
    private record Span(long from, long to, long dataSince, long unwatchedAtEnd) {}

    /// The one who looked last counts.
    private @Nullable Long unwatched(String probe, Instant now, ForeignRuns foreign) {
        Long least = runs.unwatchedSince(probe, now.toEpochMilli());
        for (ForeignRuns.Part part : foreign.parts()) {
            Held held = part.probes().get(probe);
            Long its = held == null ? null : held.unwatchedMillis();
            if (its != null && (least == null || its < least)) {
                least = its;
            }
        }
        return least;
    }

    /// @param since how long the probe was unwatched now; absent where no replica knows a run
    private static Span span(
            Instant created,
            List<Bucket> buckets,
            Window window,
            Instant now,
            @Nullable Long since) {
        long from = window.from().toEpochMilli();
        long to = Math.min(window.to().toEpochMilli(), now.toEpochMilli());
        long first = Math.max(buckets.getFirst().at() * MILLIS, created.toEpochMilli());
        long nobody = since == null ? to - buckets.getLast().at() * MILLIS : since;
        boolean isNow = !window.to().isBefore(now);
        return new Span(from, to, Math.max(from, first), isNow ? Math.max(nobody, 0) : 0);
    }

    private static Statistics of(List<Bucket> buckets, List<Incident> incidents, Span span) {
        Totals totals = new Totals();
        buckets.forEach(bucket -> totals.merge(bucket.totals()));
        long down = 0;
        for (Incident incident : incidents) {
            down += downMillis(incident, span);
        }
        long watched =
                span.to() - span.dataSince() - totals.unwatchedMillis() - span.unwatchedAtEnd();
        return new Statistics(
                totals,
                incidents.size(),
                down,
                Math.max(watched, 0),
                Instant.ofEpochMilli(span.dataSince()));
    }

    /// The seconds of an incident within the window. Unwatched time of one that lies partly in it
    /// counts in proportion.
    private static long downMillis(Incident incident, Span span) {
        Instant end = incident.to();
        long begin = incident.from().toEpochMilli();
        long last = end == null ? span.to() : end.toEpochMilli();
        long within = Math.min(last, span.to()) - Math.max(begin, span.from());
        long took = Math.max(1, last - begin);
        long unwatched = Math.round(incident.unwatchedMillis() * ((double) within / took));
        return Math.max(0, within - unwatched - (end == null ? span.unwatchedAtEnd() : 0));
    }

    /// The series of one probe, in buckets of one tier.
    ///
    /// @param foreign the runs that other replicas have in memory
    public List<Bucket> series(
            String probe, Tier tier, Duration length, Instant from, ForeignRuns foreign) {
        long first = tier.floor(from.getEpochSecond());
        long last = tier.ceiling(from.plus(length).getEpochSecond());
        return runs.buckets(
                        List.of(probe), List.of(new RunHistory.Stretch(tier, first, last)), foreign)
                .getOrDefault(probe, List.of());
    }
}
