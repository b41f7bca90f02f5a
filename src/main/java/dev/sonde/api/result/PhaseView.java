package dev.sonde.api.result;

import dev.sonde.api.document.ClosedList;
import dev.sonde.api.document.WordOf;
import dev.sonde.probe.finding.PhaseTime;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;

/// A phase in an answer.
@Schema(name = "Phase", description = "A stretch of an attempt's life")
record PhaseView(
        @Schema(
                        description = "queue is the prober's own delay, never the network's",
                        example = "connect")
                @WordOf(ClosedList.PHASE)
                String phase,
        @Schema(description = "Microseconds", minimum = "0", example = "61") long tookMicros) {

    /// Whole microseconds whose sum is the whole microseconds of the total: each boundary is cut,
    /// not each length.
    static List<PhaseView> of(List<PhaseTime> phases) {
        List<PhaseView> views = new ArrayList<>(phases.size());
        long endNanos = 0;
        for (PhaseTime phase : phases) {
            long startMicros = endNanos / 1_000;
            endNanos += phase.tookNanos();
            views.add(new PhaseView(phase.phase().label(), endNanos / 1_000 - startMicros));
        }
        return views;
    }
}
