package dev.sonde.schedule.foreign;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// Definitions on disk, in slots of a file without a name. The file ends with the process. Safe for
/// any thread.
///
/// A slot has 64, 128, 256 and so on bytes: the length of the body, its checksum together with the
/// name, and the body. A free slot has the number of the next free one of its size instead. The
/// file is therefore about twice as large as all bodies that were in it at one time, at most.
public final class DefinitionFile implements AutoCloseable {

    /// The bits of an offset below a slot's number.
    private static final int SLOT_BITS = 6;

    private static final int HEAD_BYTES = 8;
    private static final int MOST_BYTES = 1 << 26;
    private static final long NONE = -1;

    /// Bytes of the first read, in which most bodies are.
    private static final int FIRST_BYTES = 512;

    /// Not a channel, which the interrupt of one reader would close for all.
    private final RandomAccessFile file;

    /// The first free slot of each size, by the exponent of the size.
    private final long[] free = new long[Integer.SIZE];

    private long endBytes;

    public DefinitionFile(RandomAccessFile file) {
        this.file = file;
        Arrays.fill(free, NONE);
    }

    public static DefinitionFile open(Path directory) throws IOException {
        Path path = Files.createTempFile(directory, "definitions-", ".tmp");
        try {
            return new DefinitionFile(new RandomAccessFile(path.toFile(), "rw"));
        } finally {
            Files.delete(path);
        }
    }

    /// Writes a body into a slot.
    ///
    /// @return the slot's number
    synchronized long write(String name, byte[] body) throws IOException {
        byte[] bytes = new byte[HEAD_BYTES + body.length];
        ByteBuffer.wrap(bytes)
                .putInt(body.length)
                .putInt(checksum(name, body, 0, body.length))
                .put(body);
        int exponent = exponent(bytes.length);
        long slot = free[exponent];
        if (slot == NONE) {
            slot = endBytes >>> SLOT_BITS;
            put(slot, bytes);
            endBytes += 1L << exponent;
        } else {
            file.seek(slot << SLOT_BITS);
            long next = file.readLong();
            put(slot, bytes);
            free[exponent] = isSlot(next) ? next : NONE;
        }
        return slot;
    }

    /// The body in a slot.
    ///
    /// @throws IOException where it cannot be read or is not of this name
    byte[] read(String name, long slot) throws IOException {
        byte[] bytes = bytes(slot);
        ByteBuffer head = ByteBuffer.wrap(bytes);
        int length = head.getInt();
        int checksum = head.getInt();
        if (checksum(name, bytes, HEAD_BYTES, length) != checksum) {
            throw new IOException("the checksum of slot " + slot + " does not fit");
        }
        return Arrays.copyOfRange(bytes, HEAD_BYTES, HEAD_BYTES + length);
    }

    private synchronized byte[] bytes(long slot) throws IOException {
        byte[] bytes = new byte[FIRST_BYTES];
        file.seek(slot << SLOT_BITS);
        int read = file.read(bytes);
        int length = read < HEAD_BYTES ? -1 : ByteBuffer.wrap(bytes).getInt();
        int end = HEAD_BYTES + requireLength(length, slot);
        if (end > read) {
            bytes = Arrays.copyOf(bytes, end);
            file.seek((slot << SLOT_BITS) + read);
            file.readFully(bytes, read, end - read);
        }
        return bytes;
    }

    /// Lets another body have a slot.
    synchronized void free(long slot) throws IOException {
        file.seek(slot << SLOT_BITS);
        int exponent = exponent(HEAD_BYTES + requireLength(file.readInt(), slot));
        put(slot, ByteBuffer.allocate(Long.BYTES).putLong(free[exponent]).array());
        free[exponent] = slot;
    }

    synchronized long sizeBytes() {
        return endBytes;
    }

    private static int requireLength(int length, long slot) throws IOException {
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("no definition is in slot " + slot);
        }
        return length;
    }

    private void put(long slot, byte[] bytes) throws IOException {
        file.seek(slot << SLOT_BITS);
        file.write(bytes);
    }

    private boolean isSlot(long number) {
        return number >= 0 && number < endBytes >>> SLOT_BITS;
    }

    private static int exponent(int bytes) {
        return Math.max(SLOT_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(bytes - 1));
    }

    private static int checksum(String name, byte[] bytes, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(name.getBytes(StandardCharsets.US_ASCII));
        sum.update(bytes, from, length);
        return (int) sum.getValue();
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
