package dev.sonde.security.undecided;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says in a few lines, instead of a stack trace, why the service does not start.
final class UndecidedAccessAnalyzer extends AbstractFailureAnalyzer<UndecidedAccessException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, UndecidedAccessException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
