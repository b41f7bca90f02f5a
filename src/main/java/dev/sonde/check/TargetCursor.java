package dev.sonde.check;

import dev.sonde.probe.spec.Target;
import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// How far a check has come in its target list. Guarded by the lock of its [CheckRun].
final class TargetCursor {

    private Iterator<String> texts;
    private @Nullable TargetExpression current;
    private long position;

    TargetCursor(TargetList targets) {
        this.texts = targets.texts();
    }

    boolean hasNext() {
        return current != null || texts.hasNext();
    }

    Target next() {
        TargetExpression expression =
                current == null ? TargetExpression.parse(texts.next()) : current;
        Target target = expression.at(position);
        position++;
        current = expression;
        if (position == expression.count()) {
            current = null;
            position = 0;
        }
        return target;
    }

    /// Lets go of what is left.
    void drop() {
        texts = Collections.emptyIterator();
        current = null;
    }
}
