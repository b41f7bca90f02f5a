package dev.sonde.metrics;

import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.spec.Phase;
import java.util.Arrays;
import java.util.function.Function;

/// A label whose values are the words of an enum, as the text of each. A scrape of many probes
/// writes hundreds of thousands of them.
final class FixedLabels<E extends Enum<E>> {

    static final FixedLabels<ProbeState> STATE =
            new FixedLabels<>("state", ProbeState.values(), ProbeState::label);
    static final FixedLabels<FailureReason> FAILURE =
            new FixedLabels<>("reason", FailureReason.values(), FailureReason::label);
    static final FixedLabels<NotProbedReason> NOT_PROBED =
            new FixedLabels<>("reason", NotProbedReason.values(), NotProbedReason::label);
    static final FixedLabels<Phase> PHASE =
            new FixedLabels<>("phase", Phase.values(), Phase::label);

    static final AsciiText SUCCEEDED = text("outcome", Outcome.SUCCEEDED);
    static final AsciiText FAILED = text("outcome", Outcome.FAILED);
    static final AsciiText WITHOUT_PROBE = text("outcome", Outcome.NOT_PROBED);

    /// `,state="up"` and so on, by the number of the constant.
    private final AsciiText[] texts;

    private FixedLabels(String key, E[] constants, Function<E, String> word) {
        this.texts =
                Arrays.stream(constants)
                        .map(constant -> text(key, word.apply(constant)))
                        .toArray(AsciiText[]::new);
    }

    /// @param word of ASCII, without a quote, a backslash or a line's end
    private static AsciiText text(String key, String word) {
        return AsciiText.of("," + key + "=\"" + word + "\"");
    }

    @SuppressWarnings("EnumOrdinal") // an index, in memory only
    AsciiText of(E constant) {
        return texts[constant.ordinal()];
    }
}
