package dev.sonde.check;

import dev.sonde.probe.spec.Target;
import java.util.List;

/// How far a check has come in its target list. Guarded by the lock of its [CheckRun].
final class TargetCursor {

    private final List<TargetExpression> expressions;
    private int expression;
    private long position;

    TargetCursor(List<TargetExpression> expressions) {
        this.expressions = expressions;
    }

    boolean hasNext() {
        return expression < expressions.size();
    }

    Target next() {
        TargetExpression current = expressions.get(expression);
        Target target = current.at(position);
        position++;
        if (position == current.count()) {
            expression++;
            position = 0;
        }
        return target;
    }
}
