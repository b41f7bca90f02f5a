package dev.sonde.attempt;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/// Runs a few probes against a listener of its own when the service starts. The first user's probe
/// then does not measure the loading of classes. These probes reach no sink and no metric.
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
