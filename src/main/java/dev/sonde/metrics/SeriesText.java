package dev.sonde.metrics;

import dev.sonde.probe.Target;
import java.util.Arrays;

/// Lines of the Prometheus text format in a buffer that is filled and emptied again and again. For
/// one thread.
///
/// Nothing is escaped: neither a probe's name nor a target's host can have a quote, a backslash or
/// a line's end.
final class SeriesText {

    static final int CAPACITY = 64 * 1_024;

    /// Enough for all series that one probe can have in one family.
    private static final int LARGEST_PROBE = 24 * 1_024;

    private static final int NANO_DIGITS = 9;

    private final byte[] bytes = new byte[CAPACITY];
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

    boolean hasRoom() {
        return length <= CAPACITY - LARGEST_PROBE;
    }

    SeriesText ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    SeriesText ascii(byte[] text) {
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    /// What has been written, which is then forgotten here.
    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, length);
        clear();
        return taken;
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

    SeriesText number(long value) {
        long power = 1;
        while (value / power >= 10) {
            power *= 10;
        }
        for (; power > 0; power /= 10) {
            bytes[length++] = (byte) ('0' + value / power % 10);
        }
        return this;
    }

    /// Exact, without a detour over floating point.
    SeriesText seconds(long nanos) {
        number(nanos / 1_000_000_000);
        bytes[length++] = '.';
        long left = nanos % 1_000_000_000;
        long power = 100_000_000;
        for (int i = 0; i < NANO_DIGITS; i++) {
            bytes[length++] = (byte) ('0' + left / power % 10);
            power /= 10;
        }
        return this;
    }
}
