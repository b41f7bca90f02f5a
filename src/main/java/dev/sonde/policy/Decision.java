package dev.sonde.policy;

/// The policy's decision on one address and port.
public enum Decision {
    ALLOWED("allowed"),
    DENIED_BY_RULE("sonde.policy.targets.deny names the address"),
    NOT_ALLOWED("sonde.policy.targets.allow does not name the address"),
    FLOOD_NOT_ALLOWED(
            "a flood is traffic, and sonde.policy.floods.allow does not name the address"),
    DENIED_BY_DEFAULT(
            "the address is link-local, multicast, broadcast, unspecified, a metadata service or"
                    + " loopback, and sonde.policy.targets.allow does not name it");

    private final String explanation;

    Decision(String explanation) {
        this.explanation = explanation;
    }

    public boolean isAllowed() {
        return this == ALLOWED;
    }

    /// One clause for the person who asked; it does not repeat the rule itself.
    public String explanation() {
        return explanation;
    }
}
