package dev.sonde.metrics;

import dev.sonde.attempt.Prober;
import dev.sonde.check.Checks;
import dev.sonde.eventloop.DescriptorBudget;
import dev.sonde.eventloop.LoopView;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/// The engine's holdings and lateness, read at each scrape.
@Component
final class EngineMeters implements MeterBinder {

    private final LoopViews loops;
    private final DescriptorBudget descriptors;
    private final Prober prober;
    private final Checks checks;

    EngineMeters(LoopViews loops, DescriptorBudget descriptors, Prober prober, Checks checks) {
        this.loops = loops;
        this.descriptors = descriptors;
        this.prober = prober;
        this.checks = checks;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (int i = 0; i < loops.count(); i++) {
            bindLoop(registry, i);
        }
        Gauge.builder("sonde.descriptors.used", descriptors, DescriptorBudget::used)
                .description("File descriptors that probes and listeners hold")
                .register(registry);
        Gauge.builder("sonde.descriptors.budget", descriptors, DescriptorBudget::limit)
                .description("File descriptors that probes and listeners may hold")
                .register(registry);
        Gauge.builder("sonde.attempts.in.flight", prober, Prober::inFlight)
                .description("Attempts that have started and not ended")
                .register(registry);
        Gauge.builder("sonde.attempts.queued", prober, Prober::queued)
                .description("Attempts that wait for room to start")
                .register(registry);
        Gauge.builder("sonde.checks.running", checks, Checks::running)
                .description("Checks that run")
                .register(registry);
    }

    private void bindLoop(MeterRegistry registry, int index) {
        Gauge.builder("sonde.eventloop.lag", () -> read(index, view -> view.lagNanos() / 1e9))
                .description(
                        "The longest turn of the last 15 to 30 s: how late an event may be seen")
                .baseUnit("seconds")
                .tag("loop", Integer.toString(index))
                .register(registry);
        Gauge.builder("sonde.eventloop.channels", () -> read(index, LoopView::channels))
                .description("Channels registered with the loop")
                .tag("loop", Integer.toString(index))
                .register(registry);
    }

    /// Not a number while a loop does not answer: neither 0 nor an old value would be true.
    private double read(int index, ToDoubleFunction<LoopView> value) {
        List<LoopView> views = loops.latest();
        return views.isEmpty() ? Double.NaN : value.applyAsDouble(views.get(index));
    }
}
