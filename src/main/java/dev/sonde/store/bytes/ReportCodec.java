package dev.sonde.store.bytes;

import dev.sonde.probe.finding.DialogueReport;
import dev.sonde.probe.finding.FloodReport;
import dev.sonde.probe.finding.HoldReport;
import dev.sonde.probe.finding.ObserveReport;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.spec.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What steps reported, to and from a row: their word, then JSON, because few results have any and
/// their fields may grow.
final class ReportCodec {

    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    private static final Map<String, Class<? extends StepReport>> TYPES =
            Map.of(
                    Phase.TLS.label(), TlsReport.class,
                    Phase.DIALOGUE.label(), DialogueReport.class,
                    Phase.OBSERVE.label(), ObserveReport.class,
                    Phase.HOLD.label(), HoldReport.class,
                    Phase.FLOOD.label(), FloodReport.class);

    private ReportCodec() {}

    static void write(RowOutput out, List<StepReport> reports) {
        out.number(reports.size());
        for (StepReport report : reports) {
            out.text(report.phase().label());
            out.text(JSON.writeValueAsString(report));
        }
    }

    static List<StepReport> read(RowInput in) {
        int size = in.count();
        List<StepReport> reports = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Class<? extends StepReport> type = type(in.text());
            reports.add(JSON.readValue(in.text(), type));
        }
        return reports;
    }

    private static Class<? extends StepReport> type(String label) {
        Class<? extends StepReport> type = TYPES.get(label);
        if (type == null) {
            throw new IllegalStateException("written by a later version: step " + label);
        }
        return type;
    }
}
