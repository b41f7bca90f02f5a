package dev.sonde.attempt;

import dev.sonde.probe.finding.DenialSink;
import dev.sonde.probe.finding.ResultSink;
import dev.sonde.probe.keeping.MaintenanceCalendar;
import dev.sonde.probe.path.LateEvidenceSink;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The receivers of results, and the calendar of maintenances that marks results.
///
/// @param late receivers of evidence that comes after its result
/// @param calendar of maintenances
@Component
record ResultPorts(
        List<ResultSink> results,
        List<LateEvidenceSink> late,
        List<DenialSink> denials,
        MaintenanceCalendar calendar) {

    @Autowired
    ResultPorts(
            List<ResultSink> results,
            List<LateEvidenceSink> late,
            List<DenialSink> denials,
            ObjectProvider<MaintenanceCalendar> calendar) {
        this(
                List.copyOf(results),
                List.copyOf(late),
                List.copyOf(denials),
                calendar.getIfAvailable(() -> MaintenanceCalendar.EMPTY));
    }

    /// @param probe absent for a run outside of a schedule, which is under no maintenance
    boolean isUnder(@Nullable String probe, Map<String, String> labels, Instant at) {
        return probe != null && calendar.isUnder(probe, labels, at);
    }
}
