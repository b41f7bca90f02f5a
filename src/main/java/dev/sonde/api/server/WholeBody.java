package dev.sonde.api.server;

import dev.sonde.web.HttpConnection;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A body that has arrived. Its memory is given back when it has been read to its end. For one
/// thread.
final class WholeBody extends ServletInputStream {

    private @Nullable ByteArrayInputStream bytes;
    private final @Nullable HttpConnection connection;

    WholeBody(byte[] whole, @Nullable HttpConnection connection) {
        this.bytes = new ByteArrayInputStream(whole);
        this.connection = connection;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        ByteArrayInputStream left = bytes;
        if (left == null) {
            return -1;
        }
        int read = left.read(into, offset, length);
        if (read < 0) {
            release();
        }
        return read;
    }

    @Override
    public boolean isFinished() {
        return bytes == null || bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
        throw new IllegalStateException("requests are not read asynchronously here");
    }

    private void release() {
        bytes = null;
        if (connection != null) {
            connection.releaseBody();
        }
    }
}
