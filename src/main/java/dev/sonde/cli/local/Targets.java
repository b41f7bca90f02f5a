package dev.sonde.cli.local;

import dev.sonde.check.TargetExpression;
import dev.sonde.cli.terminal.Failure;
import dev.sonde.probe.spec.Target;
import java.util.ArrayList;
import java.util.List;

/// The targets of a command line.
final class Targets {

    /// Of one check; a sweep takes more.
    static final int MOST = 10_000;

    private Targets() {}

    /// Reads targets and expands blocks and ports.
    ///
    /// @throws Failure where one is malformed, or they are too many
    static List<Target> expanded(List<String> texts) {
        List<Target> targets = new ArrayList<>();
        for (String text : texts) {
            TargetExpression expression = expression(text);
            if (expression.count() > MOST - targets.size()) {
                throw Failure.usage(
                        "These are more than %d targets; sonde sweep takes them.".formatted(MOST));
            }
            for (long i = 0; i < expression.count(); i++) {
                targets.add(expression.at(i));
            }
        }
        return targets;
    }

    static TargetExpression expression(String text) {
        try {
            return TargetExpression.parse(text);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("\"%s\" is no target: %s.".formatted(text, e.getMessage()));
        }
    }
}
