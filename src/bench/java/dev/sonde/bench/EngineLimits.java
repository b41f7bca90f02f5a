package dev.sonde.bench;

import java.util.ArrayList;
import java.util.List;

/// The engine's limits out of the way, so that its speed is measured and not they.
final class EngineLimits {

    private static final List<String> RAISED =
            List.of(
                    "--sonde.engine.queue=1000000",
                    "--sonde.engine.connects-per-second=10000000",
                    "--sonde.engine.connects-per-second-per-address=10000000");

    private EngineLimits() {}

    /// Command line arguments: these first, then the raised limits.
    static String[] arguments(String... first) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(RAISED);
        return all.toArray(String[]::new);
    }
}
