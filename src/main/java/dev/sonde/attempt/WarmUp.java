package dev.sonde.attempt;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/// Runs a few probes against a listener of its own when the service starts, so that the first
/// user's probe does not measure the loading of classes. They reach no sink and no metric.
@Component
final class WarmUp implements ApplicationRunner {

    private static final int PROBES = 200;

    private final Prober prober;

    WarmUp(Prober prober) {
        this.prober = prober;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        Rehearsal.run(prober, PROBES);
    }
}
