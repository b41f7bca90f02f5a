package dev.sonde.metrics;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Bytes that another thread produces while earlier ones are read. For one thread.
final class LateInput extends InputStream {

    private final Future<byte[]> bytes;
    private @Nullable InputStream made;

    LateInput(Future<byte[]> bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        return made().read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return made().read(target, offset, length);
    }

    private InputStream made() throws IOException {
        InputStream known = made;
        if (known == null) {
            known = new ByteArrayInputStream(await());
            made = known;
        }
        return known;
    }

    private byte[] await() throws IOException {
        try {
            return bytes.get();
        } catch (ExecutionException e) {
            throw new IOException("could not be made", e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while it was made");
        }
    }
}
