package dev.sonde.cluster.member;

/// The settings of the cluster cannot work or are not safe; the service does not start.
public final class ClusterSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    ClusterSettingsException(String problem, String remedy) {
        super(problem);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
