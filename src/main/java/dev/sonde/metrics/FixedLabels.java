package dev.sonde.metrics;

import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.spec.Phase;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/// A label whose values are the words of an enum, as the text of each. A scrape of many probes
/// writes hundreds of thousands of them. Nobody writes to a text.
final class FixedLabels<E extends Enum<E>> {

    static final FixedLabels<ProbeState> STATE =
            new FixedLabels<>("state", ProbeState.values(), ProbeState::label);
    static final FixedLabels<FailureReason> FAILURE =
            new FixedLabels<>("reason", FailureReason.values(), FailureReason::label);
    static final FixedLabels<NotProbedReason> NOT_PROBED =
            new FixedLabels<>("reason", NotProbedReason.values(), NotProbedReason::label);
    static final FixedLabels<Phase> PHASE =
            new FixedLabels<>("phase", Phase.values(), Phase::label);

    static final byte[] SUCCEEDED = text("outcome", Outcome.SUCCEEDED);
    static final byte[] FAILED = text("outcome", Outcome.FAILED);
    static final byte[] WITHOUT_PROBE = text("outcome", Outcome.NOT_PROBED);

    /// `,state="up"` and so on, by the number of the constant.
    private final byte[][] texts;

    private FixedLabels(String key, E[] constants, Function<E, String> word) {
        this.texts =
                Arrays.stream(constants)
                        .map(constant -> text(key, word.apply(constant)))
                        .toArray(byte[][]::new);
    }

    /// @param word of ASCII, without a quote, a backslash or a line's end
    private static byte[] text(String key, String word) {
        return ("," + key + "=\"" + word + "\"").getBytes(StandardCharsets.US_ASCII);
    }

    @SuppressWarnings("EnumOrdinal") // an index, in memory only
    byte[] of(E constant) {
        return texts[constant.ordinal()];
    }
}
