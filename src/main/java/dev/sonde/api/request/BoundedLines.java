package dev.sonde.api.request;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts a stream into lines without ever holding more than one of bounded length. For one thread.
public final class BoundedLines {

    public static final int LONGEST_BYTES = 64 * 1_024;

    private final InputStream in;

    /// With room for the end of the longest line, CRLF at most.
    private final byte[] buffer = new byte[LONGEST_BYTES + 2];

    private int start;
    private int end;
    private int number;

    /// A line of a body.
    public static final class Line {

        private final int number;
        private final byte @Nullable [] bytes;

        Line(int number, byte @Nullable [] bytes) {
            this.number = number;
            this.bytes = bytes;
        }

        /// The number of the line, from 1.
        public int number() {
            return number;
        }

        /// Without the line's end; null where there were too many.
        public byte @Nullable [] bytes() {
            return bytes;
        }

        public boolean isBlank() {
            if (bytes == null) {
                return false;
            }
            for (byte b : bytes) {
                if (b != ' ' && b != '\t' && b != '\r') {
                    return false;
                }
            }
            return true;
        }
    }

    public BoundedLines(InputStream in) {
        this.in = in;
    }

    /// The next line; null when there is none.
    public @Nullable Line next() throws IOException {
        boolean isTooLong = false;
        int scanned = start;
        while (true) {
            for (; scanned < end; scanned++) {
                if (buffer[scanned] == '\n') {
                    return line(scanned, scanned + 1, isTooLong);
                }
            }
            if (end == buffer.length) {
                isTooLong |= start == 0;
                scanned = makeRoom();
            }
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                return start == end && !isTooLong ? null : line(end, end, isTooLong);
            }
            end += read;
        }
    }

    /// Moves the kept bytes to the front; a line that already fills the buffer is dropped.
    private int makeRoom() {
        int kept = start == 0 ? 0 : end - start;
        System.arraycopy(buffer, start, buffer, 0, kept);
        start = 0;
        end = kept;
        return kept;
    }

    private Line line(int lineEnd, int nextStart, boolean isTooLong) {
        int textEnd = lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        boolean isTaken = !isTooLong && textEnd - start <= LONGEST_BYTES;
        byte[] bytes = isTaken ? Arrays.copyOfRange(buffer, start, textEnd) : null;
        start = nextStart;
        number++;
        return new Line(number, bytes);
    }
}
