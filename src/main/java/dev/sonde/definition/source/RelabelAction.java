package dev.sonde.definition.source;

import java.util.Locale;

/// The actions of Prometheus' `relabel_configs`.
public enum RelabelAction {
    REPLACE(true),
    KEEP(false),
    DROP(false),
    KEEPEQUAL(true),
    DROPEQUAL(true),
    HASHMOD(true),
    LABELMAP(false),
    LABELDROP(false),
    LABELKEEP(false),
    LOWERCASE(true),
    UPPERCASE(true);

    private final boolean needsTarget;

    RelabelAction(boolean needsTarget) {
        this.needsTarget = needsTarget;
    }

    boolean needsTarget() {
        return needsTarget;
    }

    /// As a document writes it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
