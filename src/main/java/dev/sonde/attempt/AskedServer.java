package dev.sonde.attempt;

import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import java.util.ArrayList;
import java.util.List;

/// The server name of TLS, which is the target's host where the settings name none.
final class AskedServer {

    private AskedServer() {}

    /// The settings of a run. TLS without settings has the default ones.
    static ProbeSettings in(ProbeSettings settings, Target target) {
        if (settings.steps().isEmpty()) {
            return settings;
        }
        List<StepSettings> steps = new ArrayList<>(settings.steps());
        if (settings.startsTlsInDialogue() && !settings.has(Phase.TLS)) {
            steps.addFirst(TlsSettings.DEFAULT);
        }
        boolean isNamed =
                steps.stream()
                        .noneMatch(
                                step ->
                                        step instanceof TlsSettings tls
                                                && tls.serverName() == null);
        if (isNamed) {
            return settings;
        }
        steps.replaceAll(
                step -> step instanceof TlsSettings tls ? tls.withServerName(target.host()) : step);
        return settings.withSteps(steps);
    }
}
