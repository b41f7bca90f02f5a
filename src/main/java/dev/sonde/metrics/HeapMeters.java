package dev.sonde.metrics;

import dev.sonde.memory.HeapLedger;
import dev.sonde.memory.HeapShare;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/// The use of each share of the heap, and the losses that full shares caused.
@Component
final class HeapMeters implements MeterBinder {

    private final HeapLedger ledger;

    HeapMeters(HeapLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        ledger.all().forEach(share -> bind(registry, share));
    }

    private static void bind(MeterRegistry registry, HeapShare share) {
        Gauge.builder("sonde.memory.used", share, HeapShare::used)
                .description("Heap that things of a share are held to take")
                .baseUnit("bytes")
                .tag("share", share.name())
                .register(registry);
        Gauge.builder("sonde.memory.limit", share, HeapShare::limit)
                .description("Heap that things of a share may take")
                .baseUnit("bytes")
                .tag("share", share.name())
                .register(registry);
        FunctionCounter.builder("sonde.memory.dropped", share, HeapShare::dropped)
                .description("Things that were dropped because their share of the heap was full")
                .tag("share", share.name())
                .register(registry);
        FunctionCounter.builder("sonde.memory.refused", share, HeapShare::refused)
                .description("Requests that were refused because their share of the heap was full")
                .tag("share", share.name())
                .register(registry);
    }
}
