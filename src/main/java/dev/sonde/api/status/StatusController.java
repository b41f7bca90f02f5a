package dev.sonde.api.status;

import dev.sonde.api.probe.ProbeViewMaker;
import dev.sonde.form.DurationText;
import dev.sonde.history.Distribution;
import dev.sonde.history.Statistics;
import dev.sonde.history.Totals;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.ProbeSnapshot;
import dev.sonde.schedule.Schedules;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;

/// Badges, and the status of all probes.
@RestController
class StatusController implements StatusOperations {

    private static final CacheControl BADGES = CacheControl.maxAge(Duration.ofSeconds(30));

    private final StatusReader reader;
    private final Schedules schedules;

    StatusController(StatusReader reader, Schedules schedules) {
        this.reader = reader;
        this.schedules = schedules;
    }

    @Override
    public ResponseEntity<StatusView> status() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(StatusReader.AGE))
                .body(reader.read());
    }

    @Override
    public ResponseEntity<String> badge(String name, String figure) {
        ProbeSnapshot probe = schedules.find(name).orElseThrow(ProbeViewMaker::unknown);
        Badge badge =
                figure.equals("state")
                        ? Badge.ofState(
                                name, reader.word(probe.definition(), probe.health().state()))
                        : ofHistory(probe.definition(), figure);
        return ResponseEntity.ok()
                .cacheControl(BADGES)
                .eTag(badge.tag())
                .contentType(MediaType.parseMediaType(SVG))
                .body(badge.svg());
    }

    private Badge ofHistory(ProbeDefinition probe, String figure) {
        String window = figure.substring(figure.indexOf('-') + 1);
        Statistics statistics = reader.of(probe, DurationText.parse(window));
        return figure.startsWith("uptime")
                ? uptime("uptime " + window, statistics)
                : p95("p95 " + window, statistics);
    }

    private static Badge uptime(String label, @Nullable Statistics statistics) {
        Totals totals = statistics == null ? new Totals() : statistics.totals();
        long decided = totals.succeeded() + totals.failed();
        if (decided == 0) {
            return new Badge(label, "no data", Badge.NEUTRAL);
        }
        long hundredths = totals.succeeded() * 10_000 / decided;
        String colour =
                hundredths >= 9_990 ? Badge.GOOD : hundredths >= 9_900 ? Badge.POOR : Badge.BAD;
        return new Badge(label, percent(hundredths), colour);
    }

    /// Cut off, so that only a window without a failed run reads 100 %.
    private static String percent(long hundredths) {
        return hundredths == 10_000
                ? "100 %"
                : "%d.%02d %%".formatted(hundredths / 100, hundredths % 100);
    }

    private static Badge p95(String label, @Nullable Statistics statistics) {
        Distribution connect =
                statistics == null ? new Distribution() : statistics.totals().connect();
        return connect.isEmpty()
                ? new Badge(label, "no data", Badge.NEUTRAL)
                : new Badge(label, threeDigits(connect.percentileMicros(95)), Badge.GOOD);
    }

    private static String threeDigits(long micros) {
        if (micros < 1_000) {
            return micros + " µs";
        }
        double millis = micros / 1_000.0;
        String unit = millis < 1_000 ? " ms" : " s";
        double value = millis < 1_000 ? millis : millis / 1_000;
        int decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value) + unit;
    }
}
