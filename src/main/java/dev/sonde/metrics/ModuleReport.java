package dev.sonde.metrics;

import dev.sonde.probe.spec.ProbeModules;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.springframework.stereotype.Component;

/// The modules of the module file that cannot be used because something in them is wrong.
@Component
final class ModuleReport implements MeterBinder {

    private final ProbeModules modules;

    ModuleReport(ProbeModules modules) {
        this.modules = modules;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        MultiGauge gauge =
                MultiGauge.builder("sonde.module.unusable")
                        .description("1 for each module of the file in which something is wrong")
                        .register(registry);
        modules.onInvalid(names -> gauge.register(rows(names), true));
    }

    private static List<Row<?>> rows(List<String> names) {
        return names.stream().<Row<?>>map(name -> Row.of(Tags.of("module", name), 1)).toList();
    }
}
