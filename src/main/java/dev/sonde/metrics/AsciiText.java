package dev.sonde.metrics;

import java.nio.charset.StandardCharsets;

/// A short text of ASCII that scrapes copy again and again. Nobody writes to its bytes.
///
/// @param bytes with [#SLACK] bytes behind the text, so that so many can be copied together
/// @param length of the text
@SuppressWarnings("ArrayRecordComponent") // no text is compared with another one
record AsciiText(byte[] bytes, int length) {

    /// At most so many bytes behind a text are copied with it.
    static final int SLACK = 32;

    static AsciiText of(String text) {
        byte[] bytes = new byte[text.length() + SLACK];
        byte[] own = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(own, 0, bytes, 0, own.length);
        return new AsciiText(bytes, own.length);
    }
}
