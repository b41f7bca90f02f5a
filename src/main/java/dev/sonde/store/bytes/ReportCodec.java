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

/// Reports of steps, to and from a row: their word, then JSON, because few results have any and
/// their fields may grow.
final class ReportCodec {

    private ReportCodec() {}

    static void write(RowOutput out, List<StepReport> reports) {
        out.number(reports.size());
        for (StepReport report : reports) {
            out.text(report.phase().label());
            out.text(StoredJson.MAPPER.writeValueAsString(report));
        }
    }

    static List<StepReport> read(RowInput in) {
        int size = in.count();
        List<StepReport> reports = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Class<? extends StepReport> type = type(in.text());
            reports.add(StoredJson.MAPPER.readValue(in.text(), type));
        }
        return reports;
    }

    private static Class<? extends StepReport> type(String label) {
        return switch (phase(label)) {
            case TLS -> TlsReport.class;
            case DIALOGUE -> DialogueReport.class;
            case OBSERVE -> ObserveReport.class;
            case HOLD -> HoldReport.class;
            case FLOOD -> FloodReport.class;
            case QUEUE, RESOLVE, CONNECT, CLOSE ->
                    throw new IllegalStateException("no step: " + label);
        };
    }

    private static Phase phase(String label) {
        for (Phase phase : Phase.values()) {
            if (phase.label().equals(label)) {
                return phase;
            }
        }
        throw new IllegalStateException("written by a later version: step " + label);
    }
}
