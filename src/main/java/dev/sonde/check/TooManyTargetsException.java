package dev.sonde.check;

/// A check stands for more targets than its form allows.
public final class TooManyTargetsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long limit;

    TooManyTargetsException(long total, long limit, String advice) {
        super(
                (total == Long.MAX_VALUE ? "more than " + limit : "" + total)
                        + " targets after expansion; at most "
                        + limit
                        + advice);
        this.limit = limit;
    }

    public long limit() {
        return limit;
    }
}
