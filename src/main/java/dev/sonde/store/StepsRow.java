package dev.sonde.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.ObserveSettings;
import dev.sonde.probe.Payload;
import dev.sonde.probe.StepSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps of a probe's settings as they are kept, each under the word of its phase.
@JsonInclude(JsonInclude.Include.NON_NULL)
record StepsRow(@Nullable Observe observe) {

    /// @param send absent where nothing is sent
    record Observe(long watchNanos, @Nullable Payload send) {

        ObserveSettings toSettings() {
            return new ObserveSettings(Duration.ofNanos(watchNanos), send);
        }
    }

    /// The row of these steps; null where there is none.
    static @Nullable StepsRow of(List<StepSettings> steps) {
        if (steps.isEmpty()) {
            return null;
        }
        Observe observe = null;
        for (StepSettings step : steps) {
            observe =
                    switch (step) {
                        case ObserveSettings(Duration watch, Payload send) ->
                                new Observe(watch.toNanos(), send);
                    };
        }
        return new StepsRow(observe);
    }

    List<StepSettings> toSteps() {
        List<StepSettings> steps = new ArrayList<>();
        if (observe != null) {
            steps.add(observe.toSettings());
        }
        return steps;
    }
}
