package dev.sonde.api.probe;

import dev.sonde.policy.TargetPolicy;
import dev.sonde.probe.spec.InterfaceGoneException;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import java.util.List;
import java.util.stream.Stream;

/// A reason, known before any run, why a probe cannot succeed.
final class ProbeWarning {

    private final TargetPolicy policy;

    ProbeWarning(TargetPolicy policy) {
        this.policy = policy;
    }

    /// The warning of a definition that cannot be read, or of a target that the policy denies. Only
    /// a literal address is judged here; a name is judged at each run.
    List<String> of(ProbeSpec spec) {
        return Stream.concat(Stream.ofNullable(spec.unreadable()), of(spec.target()).stream())
                .toList();
    }

    private List<String> of(Target target) {
        try {
            return target
                    .address()
                    .map(address -> policy.decideProbe(address, target.port()))
                    .filter(decision -> !decision.isAllowed())
                    .map(decision -> noRunReaches(target, decision.explanation()))
                    .stream()
                    .toList();
        } catch (InterfaceGoneException e) {
            return List.of(noRunReaches(target, e.sentence()));
        }
    }

    private static String noRunReaches(Target target, String why) {
        return "no run reaches %s: %s".formatted(target, why);
    }
}
