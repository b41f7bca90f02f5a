package dev.sonde.attempt.step;

import dev.sonde.dialogue.ByteText;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import dev.sonde.tls.TlsConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The unread bytes that a peer sent before its RST, such as a refusal in words. After a failed
/// write the kernel still returns them.
final class LastWords {

    private LastWords() {}

    /// The end of an attempt by a RST, with what came before it.
    static Step.Progress added(Step.Progress progress, Connection connection) {
        if (progress instanceof Step.Progress.Ended(Outcome ended)
                && ended instanceof Outcome.Failed(FailureReason reason, Phase phase, String detail)
                && reason == FailureReason.RESET) {
            String words = of(connection);
            return words == null
                    ? progress
                    : new Step.Progress.Ended(new Outcome.Failed(reason, phase, detail + words));
        }
        return progress;
    }

    /// As the end of a sentence.
    static String text(ByteBuffer read) {
        byte[] said = new byte[read.remaining()];
        read.get(said);
        return "; before that the peer said " + ByteText.of(said);
    }

    private static @Nullable String of(Connection connection) {
        if (connection.bytes() instanceof TlsConnection) {
            return null; // TLS reads its alerts itself
        }
        try {
            ByteBuffer read = connection.read();
            if (read == null || !read.hasRemaining()) {
                return null;
            }
            return text(read);
        } catch (IOException _) {
            return null; // the RST was all there was
        }
    }
}
