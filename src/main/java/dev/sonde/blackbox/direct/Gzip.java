package dev.sonde.blackbox.direct;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Texts in the gzip format (RFC 1952), with one compressor for all, at its highest speed. Belongs
/// to one thread.
public final class Gzip implements AutoCloseable {

    /// Identification, deflate, no flags, no time, an unknown system.
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 4, (byte) 0xff};

    private static final int WORST_MORE = 64;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final CRC32 sum = new CRC32();

    /// The compressed text.
    public byte[] of(byte[] text) {
        deflater.reset();
        deflater.setInput(text);
        deflater.finish();
        ByteBuffer zipped =
                ByteBuffer.allocate(HEADER.length + text.length + text.length / 8 + WORST_MORE)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(HEADER);
        deflater.deflate(zipped);
        sum.reset();
        sum.update(text);
        zipped.putInt((int) sum.getValue()).putInt(text.length).flip();
        byte[] exact = new byte[zipped.remaining()];
        zipped.get(exact);
        return exact;
    }

    /// Releases the compressor's memory, which is outside of the heap.
    @Override
    public void close() {
        deflater.end();
    }
}
