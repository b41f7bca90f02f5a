package dev.sonde.probe.spec;

import dev.sonde.dialogue.Script;
import dev.sonde.probe.expect.Expectation;
import dev.sonde.probe.path.AskSettings;
import dev.sonde.probe.path.PathSettings;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a target is probed.
///
/// @param timeout of resolve, connect, TLS handshake and dialogue together, 1 ms to 10 min. Waiting
///     in the prober's own queue is excluded.
/// @param sourceAddress the local address to connect from; the kernel's choice when absent
/// @param stagger time until the next address of [AddressSelection#ANY] is tried beside the last, 0
///     s to 10 min. 0 tries all at once.
/// @param steps the steps on the connection, in the order of the phases; none when empty
/// @param expect the expectation on its runs; when absent, success is expected
/// @param path settings of the path that each run asks for; absent where none does
/// @param ask further questions of each run; absent where it asks none
public record ProbeSettings(
        Duration timeout,
        AddressSelection addresses,
        AddressFamily family,
        @Nullable SourceAddress sourceAddress,
        CloseMode close,
        Handshake handshake,
        Duration stagger,
        List<StepSettings> steps,
        @Nullable Expectation expect,
        @Nullable PathSettings path,
        @Nullable AskSettings ask) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

    /// RFC 8305 section 5 recommends it.
    public static final Duration DEFAULT_STAGGER = Duration.ofMillis(250);

    /// A plain connect with a timeout of 5 s.
    public static final ProbeSettings DEFAULT =
            new ProbeSettings(
                    DEFAULT_TIMEOUT,
                    AddressSelection.FIRST,
                    AddressFamily.ANY,
                    null,
                    CloseMode.FIN,
                    Handshake.FULL);

    public ProbeSettings {
        if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("a timeout is from 1ms to 10m");
        }
        if (stagger.isNegative() || stagger.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new IllegalArgumentException("a stagger is from 0s to 10m");
        }
        if (handshake == Handshake.HALF_OPEN && close != CloseMode.RST) {
            throw new IllegalArgumentException("a half-open handshake always ends with a RST");
        }
        if (handshake == Handshake.HALF_OPEN && !steps.isEmpty()) {
            throw new IllegalArgumentException("nothing can follow a half-open handshake");
        }
        steps = List.copyOf(steps);
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i - 1).phase().compareTo(steps.get(i).phase()) >= 0) {
                throw new IllegalArgumentException("each step once, in the order of the phases");
            }
        }
    }

    /// With the usual stagger, and nothing but success expected.
    public ProbeSettings(
            Duration timeout,
            AddressSelection addresses,
            AddressFamily family,
            @Nullable SourceAddress sourceAddress,
            CloseMode close,
            Handshake handshake,
            List<StepSettings> steps) {
        this(
                timeout,
                addresses,
                family,
                sourceAddress,
                close,
                handshake,
                DEFAULT_STAGGER,
                steps,
                null,
                null,
                null);
    }

    /// A connect with nothing after it.
    public ProbeSettings(
            Duration timeout,
            AddressSelection addresses,
            AddressFamily family,
            @Nullable SourceAddress sourceAddress,
            CloseMode close,
            Handshake handshake) {
        this(timeout, addresses, family, sourceAddress, close, handshake, List.of());
    }

    public ProbeSettings withTimeout(Duration timeout) {
        Draft draft = new Draft(this);
        draft.timeout = timeout;
        return draft.settings();
    }

    public ProbeSettings withSteps(List<StepSettings> steps) {
        Draft draft = new Draft(this);
        draft.steps = steps;
        return draft.settings();
    }

    public ProbeSettings withAddresses(AddressSelection addresses) {
        Draft draft = new Draft(this);
        draft.addresses = addresses;
        return draft.settings();
    }

    public ProbeSettings withStagger(Duration stagger) {
        Draft draft = new Draft(this);
        draft.stagger = stagger;
        return draft.settings();
    }

    public ProbeSettings withExpect(@Nullable Expectation expect) {
        if (Objects.equals(expect, this.expect)) {
            return this;
        }
        Draft draft = new Draft(this);
        draft.expect = expect;
        return draft.settings();
    }

    public ProbeSettings withPath(@Nullable PathSettings path) {
        Draft draft = new Draft(this);
        draft.path = path;
        return draft.settings();
    }

    public ProbeSettings withAsk(@Nullable AskSettings ask) {
        Draft draft = new Draft(this);
        draft.ask = ask;
        return draft.settings();
    }

    /// The fields of settings that change before others are made of them. For one thread.
    private static final class Draft {

        private final ProbeSettings from;
        private Duration timeout;
        private AddressSelection addresses;
        private Duration stagger;
        private List<StepSettings> steps;
        private @Nullable Expectation expect;
        private @Nullable PathSettings path;
        private @Nullable AskSettings ask;

        Draft(ProbeSettings from) {
            this.from = from;
            timeout = from.timeout;
            addresses = from.addresses;
            stagger = from.stagger;
            steps = from.steps;
            expect = from.expect;
            path = from.path;
            ask = from.ask;
        }

        ProbeSettings settings() {
            return new ProbeSettings(
                    timeout,
                    addresses,
                    from.family,
                    from.sourceAddress,
                    from.close,
                    from.handshake,
                    stagger,
                    steps,
                    expect,
                    path,
                    ask);
        }
    }

    /// Whether one of the steps is of this phase.
    public boolean has(Phase phase) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).phase() == phase) {
                return true;
            }
        }
        return false;
    }

    /// Whether TLS begins at a step of the dialogue, and not with the connection.
    public boolean startsTlsInDialogue() {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof DialogueSettings(Script script, boolean isInsideTls)
                    && script.startsTls()
                    && !isInsideTls) {
                return true;
            }
        }
        return false;
    }

    /// How long a probe may take at most, waiting in the prober's own queue excluded.
    public Duration longest() {
        Duration longest = timeout;
        for (StepSettings step : steps) {
            longest = longest.plus(step.longest());
        }
        Duration asked = ask == null ? Duration.ZERO : ask.longest(longest);
        return longest.plus(path == null ? Duration.ZERO : path.timeout()).plus(asked);
    }

    /// The nearest timeout that a probe can have.
    public static Duration nearestTimeout(Duration wanted) {
        if (wanted.compareTo(LONGEST_TIMEOUT) > 0) {
            return LONGEST_TIMEOUT;
        }
        return wanted.compareTo(SHORTEST_TIMEOUT) < 0 ? SHORTEST_TIMEOUT : wanted;
    }
}
