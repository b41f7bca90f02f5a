package dev.sonde.api.replica;

/// The replica that had the object is no longer present.
public final class ReplicaGoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String replica;

    ReplicaGoneException(String replica) {
        super("replica " + replica + " had it and is no longer a member");
        this.replica = replica;
    }

    public String replica() {
        return replica;
    }
}
