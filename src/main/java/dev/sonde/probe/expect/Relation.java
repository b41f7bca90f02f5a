package dev.sonde.probe.expect;

/// How a measured value compares with its bound.
public enum Relation {
    AT_MOST("<="),
    AT_LEAST(">="),
    LESS("<"),
    MORE(">"),
    EQUAL("=");

    private final String sign;

    Relation(String sign) {
        this.sign = sign;
    }

    public String sign() {
        return sign;
    }

    public boolean holds(long found, long bound) {
        return switch (this) {
            case AT_MOST -> found <= bound;
            case AT_LEAST -> found >= bound;
            case LESS -> found < bound;
            case MORE -> found > bound;
            case EQUAL -> found == bound;
        };
    }
}
