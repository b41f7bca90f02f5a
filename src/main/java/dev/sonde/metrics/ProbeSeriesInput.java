package dev.sonde.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// All series of all probes as text, written while it is read. A scrape costs a buffer and about 80
/// bytes of garbage for each probe. (Meters of a registry would cost a second and half a gigabyte
/// of garbage for 100,000 probes.) For one thread.
final class ProbeSeriesInput extends InputStream {

    private static final String DROPPED = "sonde_probe_series_dropped";

    private final ProbeSamples probes;
    private final Iterator<ProbeSeries> families;
    private final SeriesText text = new SeriesText();
    private final boolean isOpenMetrics;
    private @Nullable ProbeSeries family;
    private int nextProbe;

    /// The bytes of the text that leave now lie before it.
    private int ready;

    private int position;
    private boolean isEnded;

    ProbeSeriesInput(ProbeSamples probes, boolean isOpenMetrics) {
        this.probes = probes;
        this.families = probes.families().iterator();
        this.isOpenMetrics = isOpenMetrics;
        text.ascii("# HELP " + DROPPED + " Series of probes beyond sonde.metrics.probe-series\n")
                .ascii("# TYPE " + DROPPED + " gauge\n")
                .ascii(DROPPED + " ")
                .number(probes.dropped())
                .ascii("\n");
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == ready && !fill()) {
            return -1;
        }
        int count = Math.min(length, ready - position);
        System.arraycopy(text.bytes(), position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        long count = 0;
        while (position < ready || fill()) {
            out.write(text.bytes(), position, ready - position);
            count += ready - position;
            position = ready;
        }
        return count;
    }

    /// Makes the next part ready. All but the last one have the same size.
    private boolean fill() {
        text.removeFirst(ready);
        position = 0;
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
        ready = Math.min(text.length(), SeriesText.PART);
        return ready > 0;
    }
}
