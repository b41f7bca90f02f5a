package dev.sonde.listen.spec;

import dev.sonde.dialogue.DialogueStep;
import java.util.List;

/// The rules for a dialogue that is a listener's behaviour.
final class DialogueRules {

    private DialogueRules() {}

    static void requireRepeatable(List<DialogueStep> steps) {
        if (steps.stream().anyMatch(step -> step.startTls() || step.close() != null)) {
            throw new InvalidListenerException(
                    "behaviour.repeat",
                    null,
                    "a dialogue that starts TLS or closes cannot be repeated");
        }
        if (steps.stream().allMatch(step -> step.expect() == null && step.expectBytes() == null)) {
            throw new InvalidListenerException(
                    "behaviour.repeat",
                    null,
                    "a dialogue that expects nothing cannot be repeated; stream sends without"
                            + " being asked");
        }
    }

    /// Refuses TLS without a certificate.
    ///
    /// @param path of the dialogue in its listener's description
    static void requireTls(String path, List<DialogueStep> steps) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).startTls()) {
                throw new InvalidListenerException(
                        path + ".steps[" + i + "].startTls",
                        true,
                        "without tls there is no certificate for the handshake");
            }
        }
    }
}
