package dev.sonde.policy;

/// The policy's decision on an address and port to listen on.
public enum BindDecision {
    ALLOWED("allowed"),
    NOT_ALLOWED("sonde.policy.binds.allow does not name the address and port"),
    OWN_PORT("the service itself listens on this port");

    private final String explanation;

    BindDecision(String explanation) {
        this.explanation = explanation;
    }

    public boolean isAllowed() {
        return this == ALLOWED;
    }

    /// One clause for the person who asked.
    public String explanation() {
        return explanation;
    }
}
