package dev.sonde.dialogue;

/// A dialogue whose description is invalid.
public final class InvalidDialogueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int step;
    private final String field;

    /// Of one step that does not know its number, or of the whole.
    InvalidDialogueException(String field, String message) {
        this(0, field, message);
    }

    /// Of one step, or of the whole.
    ///
    /// @param step from 1; 0 for the whole
    /// @param field of the step; empty for all of it
    public InvalidDialogueException(int step, String field, String message) {
        super(message);
        this.step = step;
        this.field = field;
    }

    /// The step's number, from 1; 0 for an error of the whole dialogue or of a step without a
    /// number.
    public int step() {
        return step;
    }

    /// The step's field; empty where it is about all of it.
    public String field() {
        return field;
    }

    /// The place of this error in an array named `path`.
    public String under(String path) {
        String whole = step == 0 ? path : path + "[" + (step - 1) + "]";
        return field.isEmpty() ? whole : whole + "." + field;
    }
}
