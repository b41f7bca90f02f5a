package dev.sonde.api;

import java.io.IOException;

/// A request body is longer than is read.
final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    BodyTooLargeException(long limitBytes) {
        this("a body has at most " + limitBytes + " bytes");
    }

    private BodyTooLargeException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
