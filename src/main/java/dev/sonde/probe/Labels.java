package dev.sonde.probe;

import java.util.Locale;

/// The wire form of this room's constants: lower snake case, the same in JSON and in metric labels.
final class Labels {

    private Labels() {}

    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
