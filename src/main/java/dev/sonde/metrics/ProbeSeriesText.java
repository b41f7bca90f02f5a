package dev.sonde.metrics;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// The text of all series of all probes, one buffer after the other. For one thread at a time.
final class ProbeSeriesText {

    private static final String DROPPED = "sonde_probe_series_dropped";

    private final ProbeSamples probes;
    private final Iterator<ProbeSeries> families;
    private final boolean isOpenMetrics;
    private @Nullable ProbeSeries family;
    private int nextProbe;
    private boolean isBegun;
    private boolean isEnded;

    ProbeSeriesText(ProbeSamples probes, boolean isOpenMetrics) {
        this.probes = probes;
        this.families = probes.families().iterator();
        this.isOpenMetrics = isOpenMetrics;
    }

    /// Whether all has been written.
    boolean isEnded() {
        return isEnded;
    }

    /// Replaces a buffer's text by the next one; by none where all has been written.
    void fill(SeriesText text) {
        text.clear();
        if (!isBegun) {
            isBegun = true;
            writeDropped(text);
        }
        while (!isEnded && text.hasRoom()) {
            if (family != null && nextProbe < probes.shown()) {
                nextProbe = probes.write(family, nextProbe, text);
            } else if (families.hasNext()) {
                family = families.next();
                family.writeHeader(text, isOpenMetrics);
                nextProbe = 0;
            } else {
                isEnded = true;
            }
        }
    }

    private void writeDropped(SeriesText text) {
        text.ascii("# HELP " + DROPPED + " Series of probes beyond sonde.metrics.probe-series\n")
                .ascii("# TYPE " + DROPPED + " gauge\n")
                .ascii(DROPPED + " ")
                .number(probes.dropped())
                .ascii("\n");
    }
}
