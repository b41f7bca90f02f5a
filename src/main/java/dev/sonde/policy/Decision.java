package dev.sonde.policy;

/// The policy's decision on one address and port.
public enum Decision {
    ALLOWED("allowed"),
    DENIED_BY_RULE("sonde.policy.targets.deny names the address"),
    NOT_ALLOWED("sonde.policy.targets.allow does not name the address"),
    FLOOD_NOT_ALLOWED(
            "a flood is traffic, and sonde.policy.floods.allow does not name the address"),
    DENIED_UNSPECIFIED(byDefault("unspecified, which means this host")),
    DENIED_METADATA(byDefault("a metadata service of a cloud")),
    DENIED_LINK_LOCAL(byDefault("link-local")),
    DENIED_TRANSLATED(byDefault("translated to another one that only its network knows")),
    DENIED_MULTICAST(byDefault("multicast or broadcast")),
    DENIED_LOOPBACK(byDefault("loopback"));

    private final String explanation;

    Decision(String explanation) {
        this.explanation = explanation;
    }

    private static String byDefault(String what) {
        return "the address is "
                + what
                + ", which is denied by default, and sonde.policy.targets.allow does not name it";
    }

    public boolean isAllowed() {
        return this == ALLOWED;
    }

    /// Whether the address is denied because no `allow` rule names it.
    boolean isOpenedByAllow() {
        return switch (this) {
            case ALLOWED, DENIED_BY_RULE, FLOOD_NOT_ALLOWED -> false;
            case NOT_ALLOWED,
                    DENIED_UNSPECIFIED,
                    DENIED_METADATA,
                    DENIED_LINK_LOCAL,
                    DENIED_TRANSLATED,
                    DENIED_MULTICAST,
                    DENIED_LOOPBACK ->
                    true;
        };
    }

    /// One clause for the person who asked; it does not repeat the rule itself.
    public String explanation() {
        return explanation;
    }
}
