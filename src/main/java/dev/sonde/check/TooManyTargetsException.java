package dev.sonde.check;

import dev.sonde.memory.HeapShare;

/// A check has more targets than its form allows.
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

    private TooManyTargetsException(String message, long limit) {
        super(message);
        this.limit = limit;
    }

    /// The targets and results of a single check do not fit into the heap's share.
    static TooManyTargetsException tooLarge(long bytes, HeapShare memory) {
        return new TooManyTargetsException(
                ("the targets and kept results of this check take about %d bytes of heap; all"
                                + " checks together may take %s: ask for fewer, or stream the"
                                + " results (Accept: application/x-ndjson)")
                        .formatted(bytes, memory),
                memory.limit());
    }

    public long limit() {
        return limit;
    }
}
