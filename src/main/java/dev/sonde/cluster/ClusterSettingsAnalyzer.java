package dev.sonde.cluster;

import dev.sonde.cluster.member.ClusterSettingsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says in a few lines, instead of a stack trace, why the service does not start.
final class ClusterSettingsAnalyzer extends AbstractFailureAnalyzer<ClusterSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, ClusterSettingsException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
