package dev.sonde.metrics;

import dev.sonde.probe.spec.Target;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Lines of the Prometheus text format in a buffer that is filled and emptied again and again. For
/// one thread.
///
/// Only the values of [#label] are escaped: neither a probe's name nor a target's host can have a
/// quote, a backslash or a line's end.
final class SeriesText {

    /// Bytes that leave together. The server's buffer of a scrape has the same size, so that the
    /// server copies nothing into it.
    static final int PART = 16 * 1_024;

    /// Enough for all series that one probe can have in one family.
    private static final int LARGEST_PROBE = 24 * 1_024;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /// Bytes that are copied together.
    private static final int STEP = AsciiText.SLACK;

    private static final int NANO_DIGITS = 9;
    private static final int MICRO_DIGITS = 6;
    private static final int MILLI_DIGITS = 3;

    private static final int HUNDRED = 100;

    /// The digits of the numbers below a hundred.
    private static final byte[] TENS = new byte[HUNDRED];

    private static final byte[] ONES = new byte[HUNDRED];

    /// The smallest number of more digits than its index says.
    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = 10 * POWERS[i - 1];
        }
        for (int i = 0; i < HUNDRED; i++) {
            TENS[i] = (byte) ('0' + i / 10);
            ONES[i] = (byte) ('0' + i % 10);
        }
    }

    private final byte[] bytes = new byte[PART + LARGEST_PROBE + AsciiText.SLACK];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /// Removes what has left; the rest moves to the front.
    ///
    /// @param count of the first bytes
    void removeFirst(int count) {
        length -= count;
        System.arraycopy(bytes, count, bytes, 0, length);
    }

    /// Whether there is room for the series of one more probe: a part is not complete.
    boolean hasRoom() {
        return length < PART;
    }

    /// Appends ASCII with one copy. The deprecation concerns characters of more than a byte.
    @SuppressWarnings("deprecation")
    SeriesText ascii(String text) {
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        return this;
    }

    SeriesText ascii(AsciiText text) {
        return ascii(text.bytes(), 0, text.length());
    }

    /// Copies whole steps without a loop, which is quicker than a call for so few bytes.
    ///
    /// @param text has [AsciiText#SLACK] bytes behind those that are appended
    SeriesText ascii(byte[] text, int offset, int count) {
        copyStep(text, offset, length);
        if (count > STEP) {
            copyStep(text, offset + STEP, length + STEP);
        }
        if (count > 2 * STEP) {
            int done = 2 * STEP;
            System.arraycopy(text, offset + done, bytes, length + done, count - done);
        }
        length += count;
        return this;
    }

    private void copyStep(byte[] text, int offset, int at) {
        LONGS.set(bytes, at, (long) LONGS.get(text, offset));
        LONGS.set(bytes, at + 8, (long) LONGS.get(text, offset + 8));
        LONGS.set(bytes, at + 16, (long) LONGS.get(text, offset + 16));
        LONGS.set(bytes, at + 24, (long) LONGS.get(text, offset + 24));
    }

    /// Ends the labels of a series: `} `.
    SeriesText value() {
        bytes[length] = '}';
        bytes[length + 1] = ' ';
        length += 2;
        return this;
    }

    void endLine() {
        bytes[length++] = '\n';
    }

    /// `{probe="web",target="127.0.0.1:80"`, without the closing brace.
    SeriesText labels(String probe, Target target) {
        boolean isBracketed = target.host().indexOf(':') >= 0;
        return ascii("{probe=\"")
                .ascii(probe)
                .ascii(isBracketed ? "\",target=\"[" : "\",target=\"")
                .ascii(target.host())
                .ascii(isBracketed ? "]:" : ":")
                .number(target.port())
                .ascii("\"");
    }

    /// `,team="net"`; quotes, backslashes and line ends of the value are escaped.
    ///
    /// @param key plain letters, digits and `_`
    SeriesText label(String key, String value) {
        ascii(",").ascii(key).ascii("=\"");
        if (isPlain(value)) {
            ascii(value);
        } else {
            byte[] escaped =
                    value.replace("\\", "\\\\")
                            .replace("\"", "\\\"")
                            .replace("\n", "\\n")
                            .getBytes(StandardCharsets.UTF_8);
            System.arraycopy(escaped, 0, bytes, length, escaped.length);
            length += escaped.length;
        }
        return ascii("\"");
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    SeriesText number(long value) {
        if (value < 10) {
            bytes[length++] = (byte) ('0' + value);
            return this;
        }
        int digits = 2;
        while (digits < POWERS.length && value >= POWERS[digits]) {
            digits++;
        }
        digits(value, digits);
        return this;
    }

    /// Exact, without floating point; so are the next two.
    SeriesText secondsOfNanos(long nanos) {
        return seconds(nanos, 1_000_000_000, NANO_DIGITS);
    }

    SeriesText secondsOfMicros(long micros) {
        return seconds(micros, 1_000_000, MICRO_DIGITS);
    }

    SeriesText secondsOfMillis(long millis) {
        return seconds(millis, 1_000, MILLI_DIGITS);
    }

    private SeriesText seconds(long value, long unitsInSecond, int digits) {
        number(value / unitsInSecond);
        bytes[length++] = '.';
        digits(value % unitsInSecond, digits);
        return this;
    }

    /// From the last to the first, two at a time: half of the divisions.
    private void digits(long value, int count) {
        long left = value;
        int position = length + count;
        while (position - length > 1) {
            int pair = (int) (left % HUNDRED);
            left /= HUNDRED;
            bytes[--position] = ONES[pair];
            bytes[--position] = TENS[pair];
        }
        if (position > length) {
            bytes[length] = ONES[(int) left];
        }
        length += count;
    }
}
