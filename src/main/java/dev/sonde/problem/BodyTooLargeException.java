package dev.sonde.problem;

import java.io.IOException;

/// A request body is longer than is read.
public final class BodyTooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String sentence;

    public BodyTooLargeException(long limitBytes) {
        this("a body has at most " + limitBytes + " bytes");
    }

    private BodyTooLargeException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
