package dev.sonde.attempt;

import dev.sonde.dialogue.Action;
import dev.sonde.dialogue.Template;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.FloodSettings;
import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.TlsSettings;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The first bytes that a run sends on its connection.
final class FirstBytes {

    /// A record of TLS 1.2 with the begin of a ClientHello (RFC 8446 section 4.1.2).
    private static final byte[] CLIENT_HELLO = HexFormat.of().parseHex("1603010200010001fc0303");

    private FirstBytes() {}

    /// The first bytes, read-only; null where the peer speaks first, or nothing is sent.
    static @Nullable ByteBuffer of(ProbeSettings settings) {
        if (settings.steps().isEmpty()) {
            return null;
        }
        StepSettings first =
                settings.startsTlsInDialogue() && settings.steps().size() > 1
                        ? settings.steps().get(1)
                        : settings.steps().getFirst();
        return switch (first) {
            case TlsSettings _ -> ByteBuffer.wrap(CLIENT_HELLO).asReadOnlyBuffer();
            case DialogueSettings dialogue -> of(dialogue.script().actions().getFirst());
            case ObserveSettings observe -> observe.send() == null ? null : observe.send().bytes();
            case HoldSettings hold -> hold.send() == null ? null : zeros(hold.send().bytes());
            case FloodSettings flood -> zeros((int) Math.min(flood.bytes(), 64));
        };
    }

    private static @Nullable ByteBuffer of(Action action) {
        return switch (action) {
            case Action.Send(_, Template template) -> of(template);
            case Action.SendLine(_, Template template) -> of(template);
            case Action.StartTls _ -> ByteBuffer.wrap(CLIENT_HELLO).asReadOnlyBuffer();
            case Action.Expect _, Action.ExpectBytes _, Action.Pause _, Action.End _ -> null;
        };
    }

    /// Of a template only bytes that depend on nothing received.
    private static @Nullable ByteBuffer of(Template template) {
        boolean isFixed =
                !template.parts().isEmpty()
                        && template.parts().getFirst() instanceof Template.Part.Literal;
        return isFixed && template.parts().getFirst() instanceof Template.Part.Literal(var bytes)
                ? bytes.duplicate()
                : null;
    }

    private static ByteBuffer zeros(int bytes) {
        return ByteBuffer.allocate(Math.min(bytes, 64)).asReadOnlyBuffer();
    }
}
