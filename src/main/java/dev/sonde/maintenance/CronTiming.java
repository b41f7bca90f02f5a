package dev.sonde.maintenance;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/// Windows that begin whenever an expression matches the clock on the wall of a zone.
///
/// A time that the zone's clock skips begins a window at the next valid minute. A time that the
/// clock repeats begins one window, the first time. A window lasts elapsed time.
public final class CronTiming implements Timing {

    public static final Duration SHORTEST = Duration.ofMinutes(1);
    public static final Duration LONGEST = Duration.ofDays(31);

    /// Windows that are checked for overlaps when an expression is read.
    private static final int CHECKED = 60;

    /// The largest step of any zone's clock.
    private static final Duration LARGEST_STEP = Duration.ofHours(3);

    private static final int FIELDS = 5;

    private final String cron;
    private final CronExpression expression;
    private final Duration duration;
    private final ZoneId zone;

    private CronTiming(String cron, CronExpression expression, Duration duration, ZoneId zone) {
        this.cron = cron;
        this.expression = expression;
        this.duration = duration;
        this.zone = zone;
    }

    /// Reads an expression of five fields: minute, hour, day of month, month, day of week.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote it
    public static CronTiming of(String cron, Duration duration, ZoneId zone) {
        if (cron.strip().split("\\s+", -1).length != FIELDS) {
            throw new IllegalArgumentException(
                    "five fields: minute, hour, day of month, month, day of week, such as"
                            + " \"30 2 * * SUN\"");
        }
        CronExpression read;
        try {
            read = CronExpression.parse("0 " + cron.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a cron expression: " + e.getMessage());
        }
        if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a duration is from 1m to 31d");
        }
        return new CronTiming(cron, read, duration, zone);
    }

    /// Whether it has windows after an instant, none of which begins before the one before it ends.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote it
    public CronTiming requireUsable(Instant now) {
        List<MaintenanceWindow> windows = next(now, CHECKED);
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("the expression never matches a date");
        }
        for (int i = 1; i < windows.size(); i++) {
            if (windows.get(i).from().isBefore(windows.get(i - 1).to())) {
                throw new IllegalArgumentException(
                        "a window begins before the one before it ends: the duration is longer"
                                + " than the time between two windows");
            }
        }
        return this;
    }

    @Override
    public @Nullable MaintenanceWindow next(Instant after) {
        Instant earliest = after.minus(duration);
        LocalDateTime wall = LocalDateTime.ofInstant(earliest.minus(LARGEST_STEP), zone);
        for (wall = expression.next(wall); wall != null; wall = expression.next(wall)) {
            Instant begin = instant(wall);
            if (begin.isAfter(earliest)) {
                return new MaintenanceWindow(begin, begin.plus(duration));
            }
        }
        return null;
    }

    private Instant instant(LocalDateTime wall) {
        ZoneRules rules = zone.getRules();
        List<ZoneOffset> offsets = rules.getValidOffsets(wall);
        if (!offsets.isEmpty()) {
            return wall.toInstant(offsets.getFirst());
        }
        ZoneOffsetTransition gap = rules.getTransition(wall);
        Instant end = gap.getInstant();
        Instant minute = end.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(end) ? end : minute.plus(1, ChronoUnit.MINUTES);
    }

    public String cron() {
        return cron;
    }

    public Duration duration() {
        return duration;
    }

    public ZoneId zone() {
        return zone;
    }
}
