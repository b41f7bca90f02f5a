package dev.sonde.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// All series of all probes as text, written while it is read. A long text is written by a second
/// thread, if one is free. A scrape costs its buffers and about 80 bytes of garbage for each probe.
/// (Meters of a registry would cost a second and half a gigabyte of garbage for 100,000 probes.)
/// For one thread.
final class ProbeSeriesInput extends InputStream {

    /// The usual size of a buffer, in bytes. To wake the other thread costs as much as some
    /// kilobytes of text.
    static final int CAPACITY = 256 * 1_024;

    private final ProbeSeriesText series;
    private final int capacity;
    private final ExecutorService threads;
    private SeriesText text;
    private int position;
    private @Nullable SeriesWriter writer;
    private boolean isBegun;

    /// @param capacity of a buffer, in bytes
    /// @param threads refuse where none is free
    ProbeSeriesInput(ProbeSeriesText series, int capacity, ExecutorService threads) {
        this.series = series;
        this.capacity = capacity;
        this.threads = threads;
        this.text = new SeriesText(capacity);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (position == text.length() && !fill()) {
            return -1;
        }
        int count = Math.min(length, text.length() - position);
        System.arraycopy(text.bytes(), position, target, offset, count);
        position += count;
        return count;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
        long count = 0;
        while (position < text.length() || fill()) {
            out.write(text.bytes(), position, text.length() - position);
            count += text.length() - position;
            position = text.length();
        }
        return count;
    }

    private boolean fill() throws IOException {
        if (writer != null) {
            text = writer.next(text);
        } else {
            series.fill(text);
            begin();
        }
        position = 0;
        return text.length() > 0;
    }

    /// Begins with the second text while the first is read.
    private void begin() {
        if (isBegun || series.isEnded()) {
            return;
        }
        isBegun = true;
        try {
            writer = new SeriesWriter(series, capacity, threads);
        } catch (RejectedExecutionException _) {
            // The reader's thread writes all of it.
        }
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
