package dev.sonde.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// The entries of a zip file inside another file, such as a jar stored in a jar (APPNOTE 6.3.10).
/// Immutable; zip64 is not read.
final class ZipIndex {

    private static final int END = 0x06054b50;
    private static final int ENTRY = 0x02014b50;
    private static final int END_BYTES = 22;
    private static final int ENTRY_BYTES = 46;
    private static final int LOCAL_BYTES = 30;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int DEFLATED = 8;

    private final ByteBuffer file;
    private final Map<String, Entry> entries = new HashMap<>();

    /// @param packed bytes in the file
    /// @param size bytes when unpacked
    private record Entry(int method, int packed, int size, int localAt) {}

    private ZipIndex(ByteBuffer file) throws IOException {
        this.file = file;
        readDirectory();
    }

    static ZipIndex of(FileChannel channel) throws IOException {
        ByteBuffer all = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        return new ZipIndex(all.order(ByteOrder.LITTLE_ENDIAN));
    }

    Set<String> names() {
        return entries.keySet();
    }

    /// The entry as a zip file of its own.
    ///
    /// @throws IOException where it is not stored as it is
    ZipIndex nested(String name) throws IOException {
        Entry entry = entries.get(name);
        if (entry == null || entry.method == DEFLATED) {
            throw new IOException(name + " is not stored as it is");
        }
        ByteBuffer part = file.slice(dataAt(entry), entry.size);
        return new ZipIndex(part.order(ByteOrder.LITTLE_ENDIAN));
    }

    /// The bytes of an entry; absent where it does not exist.
    byte @Nullable [] read(String name) throws IOException {
        Entry entry = entries.get(name);
        if (entry == null) {
            return null;
        }
        byte[] bytes = new byte[entry.size];
        ByteBuffer data = file.slice(dataAt(entry), entry.packed);
        if (entry.method != DEFLATED) {
            data.get(bytes);
            return bytes;
        }
        try (Inflater inflater = new Inflater(true)) {
            inflater.setInput(data);
            int done = 0;
            while (done < bytes.length && !inflater.finished()) {
                int some = inflater.inflate(bytes, done, bytes.length - done);
                if (some == 0 && inflater.needsInput()) {
                    throw new IOException(name + " ends early");
                }
                done += some;
            }
            return bytes;
        } catch (DataFormatException e) {
            throw new IOException(name + " cannot be unpacked", e);
        }
    }

    private int dataAt(Entry entry) {
        int at = entry.localAt;
        return at + LOCAL_BYTES + number(at + 26) + number(at + 28);
    }

    private void readDirectory() throws IOException {
        int end = end();
        int count = number(end + 10);
        int at = file.getInt(end + 16);
        for (int i = 0; i < count; i++) {
            if (file.getInt(at) != ENTRY) {
                throw new IOException("a damaged directory of entries");
            }
            byte[] name = new byte[number(at + 28)];
            file.get(at + ENTRY_BYTES, name);
            entries.put(
                    new String(name, StandardCharsets.UTF_8),
                    new Entry(
                            number(at + 10),
                            file.getInt(at + 20),
                            file.getInt(at + 24),
                            file.getInt(at + 42)));
            at += ENTRY_BYTES + name.length + number(at + 30) + number(at + 32);
        }
    }

    private int end() throws IOException {
        int last = file.limit() - END_BYTES;
        for (int at = last; at >= 0 && at >= last - LONGEST_COMMENT; at--) {
            if (file.getInt(at) == END) {
                return at;
            }
        }
        throw new IOException("not a zip file");
    }

    private int number(int at) {
        return file.getShort(at) & 0xFFFF;
    }
}
