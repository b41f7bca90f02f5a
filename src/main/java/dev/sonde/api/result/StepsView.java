package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.finding.DialogueReport;
import dev.sonde.probe.finding.FloodReport;
import dev.sonde.probe.finding.HoldReport;
import dev.sonde.probe.finding.ObserveReport;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TlsReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reports of the steps after a connect, each under the word of its phase.
@JsonInclude(JsonInclude.Include.NON_NULL)
record StepsView(
        @Nullable TlsView tls,
        @Nullable DialogueView dialogue,
        @Nullable ObserveView observe,
        @Nullable HoldView hold,
        @Nullable FloodView flood) {

    private static final StepsView NONE = new StepsView(null, null, null, null, null);

    static StepsView of(List<StepReport> reports) {
        if (reports.isEmpty()) {
            return NONE;
        }
        TlsView tls = null;
        DialogueView dialogue = null;
        ObserveView observe = null;
        HoldView hold = null;
        FloodView flood = null;
        for (StepReport report : reports) {
            switch (report) {
                case TlsReport each -> tls = TlsView.of(each);
                case DialogueReport each -> dialogue = DialogueView.of(each);
                case ObserveReport each -> observe = ObserveView.of(each);
                case HoldReport each -> hold = HoldView.of(each);
                case FloodReport each -> flood = FloodView.of(each);
            }
        }
        return new StepsView(tls, dialogue, observe, hold, flood);
    }

    boolean isEmpty() {
        return equals(NONE);
    }
}
