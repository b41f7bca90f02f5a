package dev.sonde.form.condition;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.form.InvalidFields;
import dev.sonde.probe.expect.Condition;
import dev.sonde.probe.expect.Expectation;
import dev.sonde.probe.expect.Measure;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The expectation on a probe's runs, in requests and answers.
///
/// @param synRetransmits a number, or a comparison as a text
/// @param certificateDays likewise
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Expect",
        description =
                "The outcome that runs are to have, and bounds of their figures. Outcome and reasons"
                        + " decide up and down; every other condition decides degraded. A comparison"
                        + " begins with <, <=, >, >= or =; a bare value means equal.")
public record ExpectForm(
        @Schema(
                        description = "The outcome that a run is to have; succeeded when absent",
                        allowableValues = {Outcome.SUCCEEDED, Outcome.FAILED})
                @Nullable String outcome,
        @Schema(
                        description =
                                "Reasons for which a run is to fail, with outcome failed; any reason"
                                        + " when absent",
                        example = "[\"refused\"]")
                @Nullable List<@Nullable String> reasons,
        @Schema(description = "Duration of the connect phase", example = "<50ms")
                @Nullable String connect,
        @Schema(
                        description = "Round trip of the handshake, as the kernel measured it",
                        example = "<20ms")
                @Nullable String rtt,
        @Schema(
                        description = "Repeated SYNs, a number or a comparison",
                        implementation = String.class,
                        example = "0")
                @Nullable Object synRetransmits,
        @Schema(
                        description = "Whole days until the presented certificates end",
                        implementation = String.class,
                        example = ">=14")
                @Nullable Object certificateDays,
        @Schema(
                        description =
                                "Remaining share of the lifetime of the peer's own certificate",
                        example = ">=20%")
                @Nullable String certificateLifetime,
        @Schema(description = "The negotiated version of TLS", example = ">=TLSv1.2")
                @Nullable String tlsVersion) {

    private static final List<String> OUTCOMES = List.of(Outcome.SUCCEEDED, Outcome.FAILED);
    private static final int MOST_REASONS = 50;

    private static final List<String> FAILURES =
            Arrays.stream(FailureReason.values()).map(FailureReason::label).toList();

    /// The form of an expectation; null for none.
    public static @Nullable ExpectForm of(@Nullable Expectation expect) {
        return expect == null
                ? null
                : new ExpectForm(
                        expect.outcome(),
                        expect.reasons().isEmpty() ? null : List.copyOf(expect.reasons()),
                        text(expect, Measure.CONNECT),
                        text(expect, Measure.RTT),
                        text(expect, Measure.SYN_RETRANSMITS),
                        text(expect, Measure.CERTIFICATE_DAYS),
                        text(expect, Measure.CERTIFICATE_LIFETIME),
                        text(expect, Measure.TLS_VERSION));
    }

    private static @Nullable String text(Expectation expect, Measure measure) {
        return expect.conditions().stream()
                .filter(condition -> condition.measure() == measure)
                .map(Condition::text)
                .findAny()
                .orElse(null);
    }

    /// The expectation of this form. Errors are noted under `path`.
    public Expectation toExpectation(String path, InvalidFields invalid) {
        String wanted = Objects.requireNonNullElse(outcome, OUTCOMES.getFirst());
        if (!OUTCOMES.contains(wanted)) {
            invalid.add(path + ".outcome", outcome, "one of " + String.join(", ", OUTCOMES));
        }
        boolean isFailure = wanted.equals(Outcome.FAILED);
        List<String> known = reasons(path, isFailure, invalid);
        List<Condition> conditions = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            String field = path + "." + measure.label();
            String text = text(field, value(measure), invalid);
            Condition read =
                    invalid.read(field, text, given -> ComparisonText.parse(measure, given));
            if (read != null) {
                conditions.add(read);
            }
        }
        return new Expectation(isFailure, isFailure ? known : List.of(), conditions);
    }

    private List<String> reasons(String path, boolean isFailure, InvalidFields invalid) {
        String field = path + ".reasons";
        if (reasons == null) {
            return List.of();
        }
        if (!isFailure) {
            invalid.add(field, null, "reasons need the outcome failed");
        }
        if (reasons.isEmpty() || reasons.size() > MOST_REASONS) {
            invalid.add(field, null, "1 to %d reasons".formatted(MOST_REASONS));
            return List.of();
        }
        List<String> read = new ArrayList<>();
        for (int i = 0; i < reasons.size(); i++) {
            String each = Objects.requireNonNullElse(reasons.get(i), "null");
            if (FAILURES.contains(each)) {
                read.add(each);
            } else {
                invalid.add(field + "[" + i + "]", each, "one of " + String.join(", ", FAILURES));
            }
        }
        return read.stream().distinct().toList();
    }

    private @Nullable Object value(Measure measure) {
        return switch (measure) {
            case CONNECT -> connect;
            case RTT -> rtt;
            case SYN_RETRANSMITS -> synRetransmits;
            case CERTIFICATE_DAYS -> certificateDays;
            case CERTIFICATE_LIFETIME -> certificateLifetime;
            case TLS_VERSION -> tlsVersion;
        };
    }

    private static @Nullable String text(
            String field, @Nullable Object value, InvalidFields invalid) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Integer number -> number.toString();
            default -> {
                invalid.add(field, null, "a whole number or a comparison such as \">=14\"");
                yield null;
            }
        };
    }
}
