package dev.sonde.form.condition;

import dev.sonde.form.DurationText;
import dev.sonde.probe.expect.Condition;
import dev.sonde.probe.expect.Measure;
import dev.sonde.probe.expect.Relation;
import dev.sonde.probe.spec.Excerpt;
import dev.sonde.probe.spec.TlsVersion;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Comparisons such as `<50ms`, `>=14` and `>=TLSv1.2`.
final class ComparisonText {

    private static final int LONGEST = 64;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,2})?)%");
    private static final int HUNDREDTHS = 100;
    private static final long MOST_HUNDREDTHS = 10_000;

    private ComparisonText() {}

    /// Reads a comparison of one measure.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote the text
    static Condition parse(Measure measure, String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("at most %d characters".formatted(LONGEST));
        }
        Relation relation = Relation.EQUAL;
        String value = text.strip();
        for (Relation each : Relation.values()) {
            if (value.startsWith(each.sign())) {
                relation = each;
                value = value.substring(each.sign().length()).strip();
                break;
            }
        }
        return new Condition(measure, relation, bound(measure, value), text);
    }

    private static long bound(Measure measure, String value) {
        return switch (measure) {
            case CONNECT, RTT -> TimeUnit.NANOSECONDS.toMicros(DurationText.parse(value).toNanos());
            case SYN_RETRANSMITS, CERTIFICATE_DAYS -> number(value);
            case CERTIFICATE_LIFETIME -> share(value);
            case TLS_VERSION -> version(value);
        };
    }

    private static long number(String value) {
        if (!NUMBER.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "a number from 0 to 999999, such as 0, <=1 or >=14, not \""
                            + Excerpt.of(value)
                            + "\"");
        }
        return Long.parseLong(value);
    }

    private static long share(String value) {
        var found = SHARE.matcher(value);
        long share =
                found.matches()
                        ? new BigDecimal(found.group(1))
                                .multiply(BigDecimal.valueOf(HUNDREDTHS))
                                .setScale(0, RoundingMode.UNNECESSARY)
                                .longValueExact()
                        : -1;
        if (share < 0 || share > MOST_HUNDREDTHS) {
            throw new IllegalArgumentException(
                    "a share from 0% to 100%, such as >=20%, not \"" + Excerpt.of(value) + "\"");
        }
        return share;
    }

    private static long version(String value) {
        List<TlsVersion> versions = List.of(TlsVersion.values());
        for (int i = 0; i < versions.size(); i++) {
            if (versions.get(i).word().equals(value)) {
                return i;
            }
        }
        throw new IllegalArgumentException(
                "TLSv1.2 or TLSv1.3, such as >=TLSv1.3, not \"" + Excerpt.of(value) + "\"");
    }
}
