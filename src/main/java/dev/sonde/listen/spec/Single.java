package dev.sonde.listen.spec;

/// The rules for a behaviour that is chosen for single connections.
final class Single {

    private Single() {}

    /// Refuses a proxy that would close the port for everybody.
    static void requireFailureByConnection(String path, Behaviour behaviour) {
        for (Behaviour.Part part : behaviour.parts()) {
            if (part.behaviour() instanceof Behaviour.Proxy proxy
                    && proxy.onUpstreamFailure() == UpstreamFailure.REFUSE) {
                throw new ListenerException(
                        ListenerProblem.NOT_BY_CONNECTION,
                        path
                                + part.path()
                                + ".onUpstreamFailure: refuse closes the port for everybody; close,"
                                + " reset or hold can be chosen for one connection");
            }
        }
    }

    /// Refuses a behaviour that answers before a connection is accepted.
    static void requireAccepting(String path, Behaviour behaviour) {
        if (!behaviour.accepts()) {
            throw new ListenerException(
                    ListenerProblem.NOT_BY_CONNECTION,
                    path
                            + ".probability: "
                            + behaviour.type()
                            + " answers before a connection is accepted, so it cannot be drawn for"
                            + " one");
        }
    }
}
