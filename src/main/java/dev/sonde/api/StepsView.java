package dev.sonde.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.ObserveReport;
import dev.sonde.probe.StepReport;
import dev.sonde.probe.TlsReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the steps after a connect found, each under the word of its phase.
@JsonInclude(JsonInclude.Include.NON_NULL)
record StepsView(@Nullable TlsView tls, @Nullable ObserveView observe) {

    private static final StepsView NONE = new StepsView(null, null);

    static StepsView of(List<StepReport> reports) {
        TlsView tls = null;
        ObserveView observe = null;
        for (StepReport report : reports) {
            switch (report) {
                case TlsReport shaken -> tls = TlsView.of(shaken);
                case ObserveReport observed -> observe = ObserveView.of(observed);
            }
        }
        return reports.isEmpty() ? NONE : new StepsView(tls, observe);
    }

    boolean isEmpty() {
        return equals(NONE);
    }
}
