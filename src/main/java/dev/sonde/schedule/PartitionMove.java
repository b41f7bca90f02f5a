package dev.sonde.schedule;

import dev.sonde.schedule.foreign.DiskCondition;
import dev.sonde.schedule.plan.ForeignProbe;
import dev.sonde.schedule.plan.LoopSchedule;
import dev.sonde.schedule.plan.ScheduledProbe;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The move of partitions between this process and others: probes that it owns from now on, and
/// those that it owns no more. Safe for any thread.
final class PartitionMove {

    /// Probes in one command of a loop, so that runs that are due in between start in time.
    private static final int AT_ONCE = 500;

    private final ProbeBook book;

    /// Whether partitions have come or gone since [#letGo].
    private final AtomicBoolean isUnsettled = new AtomicBoolean();

    PartitionMove(ProbeBook book) {
        this.book = book;
    }

    /// Plans the probes that this process owns from now on, and ends the plan of the others.
    void handOver(Handover handover) {
        isUnsettled.set(true);
        byLane(book.scheduled().filter(probe -> handover.partitions().get(probe.partition)))
                .forEach((lane, probes) -> handOver(lane, probes, handover));
        takeUp(handover);
    }

    /// Reads the definitions of partitions that this process holds from now on.
    void takeUp(Handover handover) {
        List<ForeignProbe> gained = book.gained();
        for (int from = 0; from < gained.size(); from += AT_ONCE) {
            List<ForeignProbe> part = gained.subList(from, Math.min(from + AT_ONCE, gained.size()));
            byLane(book.takeUp(part).stream())
                    .forEach((lane, probes) -> handOver(lane, probes, handover));
        }
    }

    /// Whether definitions of partitions that are gone are in memory, or the disk has failed.
    boolean isUnsettled(DiskCondition disk) {
        boolean isUnwritten = disk.takeUnwritten();
        return isUnsettled.getAndSet(false) || isUnwritten || disk.isDamaged();
    }

    /// Lets go of the definitions of partitions that this process holds no more. Waits for the
    /// loops.
    void letGo(DiskCondition disk) {
        byLane(book.lost().stream()).forEach((lane, lost) -> letGo(lane, lost, disk));
    }

    private void letGo(LoopSchedule lane, List<ScheduledProbe> lost, DiskCondition disk) {
        for (int from = 0; from < lost.size(); from += AT_ONCE) {
            List<ScheduledProbe> part = lost.subList(from, Math.min(from + AT_ONCE, lost.size()));
            CompletableFuture<List<ScheduledProbe>> idle = new CompletableFuture<>();
            lane.execute(
                    () -> idle.complete(part.stream().filter(ScheduledProbe::retire).toList()),
                    () -> idle.complete(List.of()));
            List<ScheduledProbe> retired = idle.join();
            if (retired.size() < part.size()) {
                isUnsettled.set(true);
            }
            List<ScheduledProbe> kept =
                    retired.stream().map(book::letGo).filter(Objects::nonNull).toList();
            byLane(kept.stream()).forEach(PartitionMove::recall);
            if (disk.isFull()) {
                return;
            }
        }
    }

    private static void recall(LoopSchedule lane, List<ScheduledProbe> probes) {
        lane.execute(() -> probes.forEach(ScheduledProbe::recall), () -> {});
    }

    private static Map<LoopSchedule, List<ScheduledProbe>> byLane(Stream<ScheduledProbe> probes) {
        return probes.collect(Collectors.groupingBy(probe -> probe.lane));
    }

    private static void handOver(
            LoopSchedule lane, List<ScheduledProbe> probes, Handover handover) {
        for (int from = 0; from < probes.size(); from += AT_ONCE) {
            List<ScheduledProbe> part =
                    probes.subList(from, Math.min(from + AT_ONCE, probes.size()));
            lane.execute(
                    () ->
                            part.forEach(
                                    probe ->
                                            lane.handOver(
                                                    probe,
                                                    handover.orphanedNanos()
                                                            .applyAsLong(probe.partition))),
                    () -> {});
        }
    }
}
