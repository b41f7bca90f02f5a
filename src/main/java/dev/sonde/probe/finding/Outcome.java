package dev.sonde.probe.finding;

import dev.sonde.probe.spec.Phase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one attempt ended. An attempt reports exactly one.
///
/// The three branches: the target answered ([Succeeded]), the target or its path did not
/// ([Failed]), or the target was not asked ([NotProbed]). Only [Failed] may lower a target's
/// availability.
public sealed interface Outcome {

    /// The word of [Succeeded].
    String SUCCEEDED = "succeeded";

    /// The word of [Failed].
    String FAILED = "failed";

    /// The word of [NotProbed].
    String NOT_PROBED = "not_probed";

    /// The words of the branches.
    List<String> LABELS = List.of(SUCCEEDED, FAILED, NOT_PROBED);

    /// The word of the branch in results and metric labels.
    String label();

    /// Why, a word from a closed list; the same in results and metric labels.
    String reasonLabel();

    /// The phase in which the attempt failed. Absent for success and for an attempt that was
    /// stopped between two phases.
    @Nullable Phase phase();

    /// One sentence for a person: what was seen and what it means.
    @Nullable String detail();

    /// The kernel completed the TCP handshake.
    ///
    /// @param detail a remark on the measurement, such as an answer that was noticed after the
    ///     timeout
    record Succeeded(@Nullable String detail) implements Outcome {

        private static final Succeeded CONNECTED = new Succeeded(null);

        /// A success without a remark.
        public static Succeeded connected() {
            return CONNECTED;
        }

        @Override
        public String label() {
            return SUCCEEDED;
        }

        @Override
        public String reasonLabel() {
            return "connected";
        }

        @Override
        public @Nullable Phase phase() {
            return null;
        }
    }

    /// The target, or the path to it, refused or did not answer.
    record Failed(FailureReason reason, Phase phase, String detail) implements Outcome {

        @Override
        public String label() {
            return FAILED;
        }

        @Override
        public String reasonLabel() {
            return reason.label();
        }
    }

    /// Nothing was learnt about the target.
    record NotProbed(NotProbedReason reason, @Nullable Phase phase, String detail)
            implements Outcome {

        @Override
        public String label() {
            return NOT_PROBED;
        }

        @Override
        public String reasonLabel() {
            return reason.label();
        }
    }
}
