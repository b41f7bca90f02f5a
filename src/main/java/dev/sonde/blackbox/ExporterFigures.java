package dev.sonde.blackbox;

import dev.sonde.blackbox.modules.Modules;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/// The figures that blackbox_exporter reports about itself. Safe for any thread.
@Component
public final class ExporterFigures {

    private final Modules modules;
    private final AtomicLong unknownModules = new AtomicLong();

    ExporterFigures(Modules modules) {
        this.modules = modules;
    }

    void countUnknownModule() {
        unknownModules.incrementAndGet();
    }

    /// Requests for a module that does not exist, since the start.
    public long unknownModules() {
        return unknownModules.get();
    }

    /// Whether the module file could be used when it was read last; true without a file.
    public boolean isLastReloadGood() {
        return modules.latest().isGood();
    }

    /// When the module file could be used last; the start without a file.
    public Instant lastGoodReloadAt() {
        return modules.latest().lastGoodAt();
    }
}
