package dev.sonde.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.ObserveReport;
import dev.sonde.probe.StepReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the steps after a connect found, each under the word of its phase.
@JsonInclude(JsonInclude.Include.NON_NULL)
record StepsView(@Nullable ObserveView observe) {

    private static final StepsView NONE = new StepsView(null);

    static StepsView of(List<StepReport> reports) {
        ObserveView observe = null;
        for (StepReport report : reports) {
            observe =
                    switch (report) {
                        case ObserveReport observed -> ObserveView.of(observed);
                    };
        }
        return reports.isEmpty() ? NONE : new StepsView(observe);
    }

    boolean isEmpty() {
        return equals(NONE);
    }
}
