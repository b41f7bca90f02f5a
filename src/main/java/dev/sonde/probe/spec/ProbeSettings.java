package dev.sonde.probe.spec;

import dev.sonde.dialogue.Script;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a target is probed.
///
/// @param timeout of resolve and connect together, and of the TLS handshake and the dialogue where
///     there are any, waiting in the prober's own queue excluded; 1 ms to 10 min
/// @param sourceAddress the local address to connect from; the kernel's choice when absent
/// @param steps what is done with the connection, in the order of the phases; nothing when empty
public record ProbeSettings(
        Duration timeout,
        AddressSelection addresses,
        AddressFamily family,
        @Nullable SourceAddress sourceAddress,
        CloseMode close,
        Handshake handshake,
        List<StepSettings> steps) {

    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);
    public static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);
    public static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(10);

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
        return new ProbeSettings(
                timeout, addresses, family, sourceAddress, close, handshake, steps);
    }

    public ProbeSettings withSteps(List<StepSettings> steps) {
        return new ProbeSettings(
                timeout, addresses, family, sourceAddress, close, handshake, steps);
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
        return longest;
    }

    /// The nearest timeout that a probe can have.
    public static Duration nearestTimeout(Duration wanted) {
        if (wanted.compareTo(LONGEST_TIMEOUT) > 0) {
            return LONGEST_TIMEOUT;
        }
        return wanted.compareTo(SHORTEST_TIMEOUT) < 0 ? SHORTEST_TIMEOUT : wanted;
    }
}
