package dev.sonde.history;

import java.time.Duration;
import java.time.Instant;

/// A resolution of roll-ups. Buckets begin at whole steps since 1970 in UTC.
public enum Tier {
    MINUTE(0, "1m", Duration.ofMinutes(1), Duration.ofHours(1)),
    FIVE_MINUTES(1, "5m", Duration.ofMinutes(5), Duration.ofHours(6)),
    HOUR(2, "1h", Duration.ofHours(1), Duration.ofDays(1)),
    DAY(3, "1d", Duration.ofDays(1), Duration.ofDays(32));

    private final int number;
    private final String label;
    private final long stepSeconds;
    private final long rowSeconds;

    /// @param number in the database
    /// @param row the time that one row of the database covers
    Tier(int number, String label, Duration step, Duration row) {
        this.number = number;
        this.label = label;
        this.stepSeconds = step.toSeconds();
        this.rowSeconds = row.toSeconds();
    }

    /// Which it is in the database.
    public int number() {
        return number;
    }

    /// The tier of the next shorter step; this very one where there is none.
    Tier finer() {
        return switch (this) {
            case MINUTE, FIVE_MINUTES -> MINUTE;
            case HOUR -> FIVE_MINUTES;
            case DAY -> HOUR;
        };
    }

    /// The word in queries.
    public String label() {
        return label;
    }

    public long stepSeconds() {
        return stepSeconds;
    }

    /// Begin of the bucket that an instant, in seconds since 1970, falls into.
    public long floor(long second) {
        return Math.floorDiv(second, stepSeconds) * stepSeconds;
    }

    public long ceiling(long second) {
        return floor(second + stepSeconds - 1);
    }

    /// Begin of the row that holds it.
    public long row(long second) {
        return Math.floorDiv(second, rowSeconds) * rowSeconds;
    }

    /// The first bucket that is still kept.
    public long keptSince(Instant now, HistoryProperties kept) {
        Duration age =
                switch (this) {
                    case MINUTE -> kept.minutes();
                    case FIVE_MINUTES -> kept.fiveMinutes();
                    case HOUR -> kept.hours();
                    case DAY -> kept.days();
                };
        return ceiling(now.minus(age).getEpochSecond());
    }
}
