package dev.sonde.listen.conversation;

import dev.sonde.dialogue.Delay;
import dev.sonde.dialogue.Script;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Chance;
import dev.sonde.listen.spec.Sequence;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/// Makes the conversation of a behaviour, and holds the short ones.
public final class Conversations {

    private static final Conversation DROPPING = new Conversation() {};

    /// Bytes stay with the kernel until its buffer is full.
    private static final Conversation SILENT =
            new Conversation() {
                @Override
                public boolean reads() {
                    return false;
                }
            };

    private Conversations() {}

    /// One for each connection; what all can share is made once.
    public static Supplier<Conversation> of(Behaviour behaviour) {
        return switch (behaviour) {
            case Behaviour.Close(Delay after) -> shared(new Ending(CloseMode.FIN, after));
            case Behaviour.Reset(Delay after) -> shared(new Ending(CloseMode.RST, after));
            case Behaviour.Discard _ -> shared(DROPPING);
            case Behaviour.Echo(Delay delay) ->
                    delay.isZero() ? EchoConversation::new : () -> new DelayedEcho(delay);
            case Behaviour.Hold _, Behaviour.Stall _ -> shared(SILENT);
            case Behaviour.Banner banner ->
                    shared(new Greeting(banner.data().bytes(), banner.thenClose()));
            case Behaviour.Dialogue dialogue -> {
                Script script = Script.of(dialogue.steps());
                yield () -> new DialogueConversation(script, dialogue.rounds());
            }
            case Behaviour.Stream stream -> () -> new StreamConversation(stream);
            case Behaviour.Proxy _, Sequence _, Chance _ ->
                    throw new IllegalArgumentException(
                            behaviour.type() + " has no conversation of its own");
            case Behaviour.Refuse _,
                    Behaviour.NeverAccept _,
                    Behaviour.QueueFull _,
                    Behaviour.HalfEstablish _ ->
                    () -> {
                        throw new IllegalStateException(behaviour.type() + " accepts nothing");
                    };
        };
    }

    private static Supplier<Conversation> shared(Conversation conversation) {
        return () -> conversation;
    }

    private record Ending(CloseMode mode, Delay after) implements Conversation {
        @Override
        public void onStart(Wire wire) throws IOException {
            if (after.isZero()) {
                wire.finish(mode);
            } else {
                wire.wakeAfter(after.drawn());
            }
        }

        @Override
        public void onTimer(Wire wire) throws IOException {
            wire.finish(mode);
        }
    }

    private record Greeting(ByteBuffer data, boolean thenClose) implements Conversation {
        @Override
        public void onStart(Wire wire) throws IOException {
            if (wire.send(data.duplicate())) {
                onSent(wire);
            }
        }

        @Override
        public void onSent(Wire wire) throws IOException {
            if (thenClose) {
                wire.finish(CloseMode.FIN);
            }
        }
    }

    /// Sends back what came. While the peer does not take it, nothing more is read.
    private static final class EchoConversation implements Conversation {
        private boolean isBlocked;

        @Override
        public void onInput(Wire wire, ByteBuffer data) throws IOException {
            isBlocked = !wire.send(data);
            if (isBlocked) {
                wire.pauseInput();
            }
        }

        @Override
        public void onSent(Wire wire) {
            isBlocked = false;
            wire.resumeInput();
        }

        @Override
        public boolean onPeerClosed() {
            return !isBlocked;
        }
    }
}
