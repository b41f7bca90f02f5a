package dev.sonde.probe.spec;

import java.util.Locale;

/// The wire form of this room's constants: lower snake case, the same in JSON and in metric labels.
public final class EnumLabel {

    private EnumLabel() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
