package dev.sonde.check;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The entries of a check's target list as written, in one array of bytes. Half a million of them
/// take only the bytes of their text. Each entry is parsed again when its turn comes. Immutable.
public final class TargetList {

    /// The mark of an entry that was no text. A target's text has no such character.
    public static final String NULL = "\0";

    /// An array's header and this object.
    private static final long OWN_BYTES = 64;

    private static final int BYTE_BITS = 8;
    private static final int BYTE_MASK = 0xFF;

    /// Each entry as its length in two bytes and its text in UTF-8.
    private final byte[] entries;

    private final int size;

    private TargetList(byte[] entries, int size) {
        this.entries = entries;
        this.size = size;
    }

    public static TargetList of(String... texts) {
        Builder builder = new Builder();
        for (String text : texts) {
            builder.add(text);
        }
        return builder.build();
    }

    /// How many entries, before any expansion.
    public int size() {
        return size;
    }

    /// The estimated heap of the list, in bytes.
    public long bytes() {
        return OWN_BYTES + entries.length;
    }

    /// The entries in the order written.
    public Iterator<String> texts() {
        return new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < entries.length;
            }

            @Override
            public String next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("no entry is left");
                }
                int length = (entries[at] & BYTE_MASK) << BYTE_BITS | (entries[at + 1] & BYTE_MASK);
                String text = new String(entries, at + 2, length, StandardCharsets.UTF_8);
                at += 2 + length;
                return text;
            }
        };
    }

    /// Takes entries in one by one. For one thread.
    public static final class Builder {

        /// Longer ones are no targets anyway; their start is enough to say so.
        private static final int LONGEST = 2 * 2_048;

        private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
        private int size;

        public void add(String text) {
            String start = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
            byte[] bytes = start.getBytes(StandardCharsets.UTF_8);
            entries.write(bytes.length >>> BYTE_BITS);
            entries.write(bytes.length);
            entries.write(bytes, 0, bytes.length);
            size++;
        }

        public TargetList build() {
            return new TargetList(entries.toByteArray(), size);
        }
    }
}
