package dev.sonde.history;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Bytes of buckets that grow; every number takes seven bits a byte. For one thread.
final class BucketOutput extends ByteArrayOutputStream {

    static final int BITS = 7;
    static final int MORE = 0x80;

    /// @param value not negative
    void number(long value) {
        long left = value;
        while (left >= MORE) {
            write((int) (left & (MORE - 1)) | MORE);
            left >>>= BITS;
        }
        write((int) left);
    }

    void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        number(bytes.length);
        writeBytes(bytes);
    }
}
