package dev.sonde.toxiproxy;

/// A refusal in Toxiproxy's words.
final class ToxiproxyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    ToxiproxyException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }

    static ToxiproxyException badBody(String why) {
        return new ToxiproxyException(400, "bad request body: " + why);
    }

    static ToxiproxyException missing(String field) {
        return new ToxiproxyException(400, "missing required field: " + field);
    }
}
