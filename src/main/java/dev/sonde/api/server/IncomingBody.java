package dev.sonde.api.server;

import dev.sonde.problem.BodyTooLargeException;
import dev.sonde.web.HttpConnection;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A request body as it arrives. It ends in an error where it crosses a limit, or where it is not
/// whole in time. For one thread.
final class IncomingBody extends ServletInputStream {

    private static final int FIRST_BYTES = 4 * 1_024;
    private static final int LARGEST_STEP_BYTES = 256 * 1_024;

    private final ServletInputStream body;
    private final long limitBytes;
    private final @Nullable HttpConnection connection;
    private long readBytes;

    /// @param connection null where connections are not bounded
    IncomingBody(ServletInputStream body, long limitBytes, @Nullable HttpConnection connection) {
        this.body = body;
        this.limitBytes = limitBytes;
        this.connection = connection;
    }

    /// Reads all of it.
    ///
    /// @param announcedBytes its length; negative where it is not known
    byte[] readWhole(long announcedBytes) throws IOException {
        byte[] whole = new byte[claim(firstBytes(announcedBytes))];
        int length = 0;
        for (int read = read(whole, 0, whole.length); read >= 0; ) {
            length += read;
            if (length == whole.length && length != announcedBytes) {
                whole = Arrays.copyOf(whole, length + claim(step(length, announcedBytes)));
            }
            read = length == announcedBytes ? read() : read(whole, length, whole.length - length);
        }
        return length == whole.length ? whole : Arrays.copyOf(whole, length);
    }

    @Override
    public int read() throws IOException {
        limitTime();
        int read = body.read();
        count(read < 0 ? -1 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        limitTime();
        int read = body.read(bytes, offset, length);
        count(read);
        return read;
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }

    private static int firstBytes(long announcedBytes) {
        return announcedBytes < 0 || announcedBytes > FIRST_BYTES
                ? FIRST_BYTES
                : (int) announcedBytes;
    }

    /// Doubles, up to a largest step.
    private static int step(int length, long announcedBytes) {
        long missing = announcedBytes < 0 ? Integer.MAX_VALUE : announcedBytes - length;
        return (int) Math.min(missing, Math.min(length, LARGEST_STEP_BYTES));
    }

    private int claim(int bytes) throws IOException {
        try {
            if (connection != null && !connection.claimBody(bytes)) {
                throw new BodyMemoryException();
            }
            return bytes;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the service stops");
        }
    }

    private void limitTime() {
        if (connection != null) {
            connection.limitRead();
        }
    }

    private void count(int bytes) throws BodyTooLargeException {
        if (bytes < 0) {
            if (connection != null) {
                connection.serve();
            }
            return;
        }
        readBytes += bytes;
        if (readBytes > limitBytes) {
            throw new BodyTooLargeException(limitBytes);
        }
    }
}
