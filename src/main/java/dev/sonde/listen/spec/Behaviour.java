package dev.sonde.listen.spec;

import dev.sonde.dialogue.Delay;
import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.InvalidDialogueException;
import dev.sonde.dialogue.Payload;
import dev.sonde.dialogue.Script;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The behaviour of a listener towards its connections.
public sealed interface Behaviour
        permits Behaviour.Close,
                Behaviour.Reset,
                Behaviour.Discard,
                Behaviour.Echo,
                Behaviour.Hold,
                Behaviour.Banner,
                Behaviour.Dialogue,
                Behaviour.Stream,
                Behaviour.Stall,
                Behaviour.NeverAccept,
                Behaviour.QueueFull,
                Behaviour.HalfEstablish,
                Behaviour.Refuse,
                Behaviour.Proxy,
                Sequence,
                Chance {

    /// The word for it in requests and answers.
    String type();

    /// Whether connections are taken out of the accept queue at all.
    default boolean accepts() {
        return switch (this) {
            case NeverAccept _, QueueFull _, HalfEstablish _ -> false;
            case Sequence sequence ->
                    sequence.steps().stream().anyMatch(step -> step.behaviour().accepts());
            default -> !refuses();
        };
    }

    /// Whether the port is kept and SYNs are answered with a RST.
    default boolean refuses() {
        return this instanceof Refuse || (this instanceof Proxy proxy && !proxy.enabled());
    }

    /// A behaviour for single connections within another one.
    ///
    /// @param path from the whole to it, such as `.steps[0].behaviour`; empty for the whole
    record Part(String path, Behaviour behaviour) {
        Part under(String parent) {
            return new Part(parent + path, behaviour);
        }
    }

    /// The behaviours for single connections that it is made of; itself where it is one.
    default List<Part> parts() {
        return List.of(new Part("", this));
    }

    /// Accepts, then sends a FIN.
    record Close(Delay after) implements Behaviour {
        public Close {
            Bounds.delay("behaviour.after", after);
        }

        /// Without jitter.
        public Close(Duration after) {
            this(Delay.of(after));
        }

        @Override
        public String type() {
            return "close";
        }
    }

    /// Accepts, then sends a RST.
    record Reset(Delay after) implements Behaviour {
        public Reset {
            Bounds.delay("behaviour.after", after);
        }

        /// Without jitter.
        public Reset(Duration after) {
            this(Delay.of(after));
        }

        @Override
        public String type() {
            return "reset";
        }
    }

    /// Reads everything and sends nothing.
    record Discard() implements Behaviour {
        @Override
        public String type() {
            return "discard";
        }
    }

    /// Send back what came, `delay` later.
    record Echo(Delay delay) implements Behaviour {
        public Echo {
            Bounds.delay("behaviour.delay", delay);
        }

        /// Without jitter.
        public Echo(Duration delay) {
            this(Delay.of(delay));
        }

        @Override
        public String type() {
            return "echo";
        }
    }

    /// Accept, read nothing and send nothing; the kernel's buffers fill.
    record Hold() implements Behaviour {
        @Override
        public String type() {
            return "hold";
        }
    }

    /// Send `data` at once, then FIN or read and drop whatever comes.
    record Banner(Payload data, boolean thenClose) implements Behaviour {
        @Override
        public String type() {
            return "banner";
        }
    }

    /// Follow a script, once or more often; after its last step, read and drop whatever comes.
    ///
    /// @param rounds how often, or [#WITHOUT_END]
    record Dialogue(List<DialogueStep> steps, int rounds) implements Behaviour {

        /// As many rounds as the peer wants.
        public static final int WITHOUT_END = Integer.MAX_VALUE;

        static final int MOST_ROUNDS = 1_000_000;

        /// A dialogue that is followed once.
        public Dialogue(List<DialogueStep> steps) {
            this(steps, 1);
        }

        public Dialogue {
            steps = List.copyOf(steps);
            if (rounds != WITHOUT_END) {
                Bounds.number("behaviour.repeat", rounds, 1, MOST_ROUNDS);
            }
            if (rounds > 1) {
                DialogueRules.requireRepeatable(steps);
            }
            try {
                var _ = Script.of(steps);
            } catch (InvalidDialogueException e) {
                throw new InvalidListenerException(
                        e.under("behaviour.steps"), null, String.valueOf(e.getMessage()));
            }
        }

        @Override
        public String type() {
            return "dialogue";
        }
    }

    /// Send without being asked, then FIN.
    ///
    /// @param bytes how many in all; without end when absent
    /// @param chunk bytes of each send
    /// @param every from one send to the next; as fast as the peer takes them when 0
    record Stream(@Nullable Long bytes, int chunk, Delay every) implements Behaviour {

        public static final int LARGEST_CHUNK = 65_536;

        /// The default.
        public static final int USUAL_CHUNK = 1_024;

        public Stream {
            if (bytes != null) {
                Bounds.number("behaviour.bytes", bytes, 1, 1L << 50);
            }
            Bounds.number("behaviour.chunk", chunk, 1, LARGEST_CHUNK);
            Bounds.delay("behaviour.every", every);
        }

        /// Without jitter.
        public Stream(@Nullable Long bytes, int chunk, Duration every) {
            this(bytes, chunk, Delay.of(every));
        }

        @Override
        public String type() {
            return "stream";
        }
    }

    /// Accept and never read, with a small receive buffer: the sender meets a zero window.
    record Stall() implements Behaviour {
        @Override
        public String type() {
            return "stall";
        }
    }

    /// Listens and accepts nothing.
    record NeverAccept() implements Behaviour {
        @Override
        public String type() {
            return "never_accept";
        }
    }

    /// Listen without accepting, with an accept queue that is kept full: SYNs go unanswered.
    record QueueFull() implements Behaviour {
        @Override
        public String type() {
            return "queue_full";
        }
    }

    /// Listen and never complete a handshake. Clients are connected, their data is never
    /// acknowledged, and the accept queue stays empty.
    record HalfEstablish() implements Behaviour {
        @Override
        public String type() {
            return "half_establish";
        }
    }

    /// Keep the port without listening: a RST answers each SYN.
    record Refuse() implements Behaviour {
        @Override
        public String type() {
            return "refuse";
        }
    }

    /// Join each connection to one of its own to an upstream.
    ///
    /// @param to the upstream; a name is looked up at every connect
    /// @param faults in the order in which the bytes meet them
    /// @param upstreamTls TLS settings for the upstream; in clear when absent
    /// @param enabled whether it listens; else a RST answers each SYN and no connection is open
    record Proxy(
            Target to,
            List<Fault> faults,
            UpstreamFailure onUpstreamFailure,
            @Nullable TlsSettings upstreamTls,
            boolean enabled)
            implements Behaviour {

        /// A proxy that is enabled.
        public Proxy(
                Target to,
                List<Fault> faults,
                UpstreamFailure onUpstreamFailure,
                @Nullable TlsSettings upstreamTls) {
            this(to, faults, onUpstreamFailure, upstreamTls, true);
        }

        public Proxy {
            faults = List.copyOf(faults);
            Fault.check("behaviour.faults", faults);
        }

        public Proxy withFaults(List<Fault> others) {
            return new Proxy(to, others, onUpstreamFailure, upstreamTls, enabled);
        }

        public Proxy withEnabled(boolean other) {
            return new Proxy(to, faults, onUpstreamFailure, upstreamTls, other);
        }

        public Proxy withTo(Target other) {
            return new Proxy(other, faults, onUpstreamFailure, upstreamTls, enabled);
        }

        @Override
        public String type() {
            return "proxy";
        }
    }
}
