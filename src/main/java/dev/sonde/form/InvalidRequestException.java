package dev.sonde.form;

import java.util.List;

/// A request with errors. It carries no stack trace: the caller's request is its cause, and
/// strangers can cause many.
public final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<InvalidField> fields;

    public InvalidRequestException(List<InvalidField> fields) {
        super(fields.getFirst().field() + ": " + fields.getFirst().message(), null, false, false);
        this.fields = List.copyOf(fields);
    }

    public List<InvalidField> fields() {
        return fields;
    }
}
