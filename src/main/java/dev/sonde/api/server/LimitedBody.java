package dev.sonde.api.server;

import dev.sonde.problem.BodyTooLargeException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/// A request body that ends in an error where it crosses a limit. For one thread.
final class LimitedBody extends ServletInputStream {

    private final ServletInputStream body;
    private final long limitBytes;
    private long readBytes;

    LimitedBody(ServletInputStream body, long limitBytes) {
        this.body = body;
        this.limitBytes = limitBytes;
    }

    @Override
    public int read() throws IOException {
        int read = body.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = body.read(bytes, offset, length);
        count(Math.max(read, 0));
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

    private void count(int bytes) throws BodyTooLargeException {
        readBytes += bytes;
        if (readBytes > limitBytes) {
            throw new BodyTooLargeException(limitBytes);
        }
    }
}
