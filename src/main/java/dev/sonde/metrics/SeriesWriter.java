package dev.sonde.metrics;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A second thread that writes the text of a scrape, some buffers ahead of its reader. Its methods
/// are for the reader.
final class SeriesWriter implements AutoCloseable {

    /// How many buffers are ahead of the reader at most.
    private static final int AHEAD = 2;

    private final ProbeSeriesText series;
    private final BlockingQueue<SeriesText> empty = new LinkedBlockingQueue<>();
    private final BlockingQueue<SeriesText> filled = new LinkedBlockingQueue<>();
    private final Future<@Nullable Void> work;

    /// @param series belongs to the second thread from now on
    /// @param capacity of a buffer, in bytes
    /// @throws java.util.concurrent.RejectedExecutionException if no second thread is free
    SeriesWriter(ProbeSeriesText series, int capacity, ExecutorService threads) {
        this.series = series;
        for (int i = 0; i < AHEAD; i++) {
            empty.add(new SeriesText(capacity));
        }
        this.work = threads.submit(this::write);
    }

    private @Nullable Void write() throws InterruptedException {
        try {
            while (!series.isEnded()) {
                SeriesText next = empty.take();
                series.fill(next);
                filled.add(next);
            }
            return null;
        } finally {
            // It has no text, which is the end.
            filled.add(new SeriesText(0));
        }
    }

    /// The next text; an empty one at the end. It waits for the second thread.
    ///
    /// @param read the earlier one, which is overwritten
    SeriesText next(SeriesText read) throws IOException {
        try {
            empty.add(read);
            SeriesText next = filled.take();
            if (next.length() == 0) {
                var _ = work.get();
                filled.add(next);
            }
            return next;
        } catch (ExecutionException e) {
            throw new IOException("the series of probes cannot be written", e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while series were written");
        }
    }

    @Override
    public void close() {
        var _ = work.cancel(true);
    }
}
