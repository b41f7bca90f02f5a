package dev.sonde.attempt.step;

import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.FloodSettings;
import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.TlsConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The steps that an attempt is to take, made one after the other. Confined to its loop's thread.
final class StepPlan {

    private final Connection connection;
    private final TlsClients clients;
    private final ProbeSettings settings;
    private final List<StepSettings> plan;
    private int number;
    private boolean hasTakenLeave;

    StepPlan(Connection connection, TlsClients clients, ProbeSettings settings) {
        this.connection = connection;
        this.clients = clients;
        this.settings = settings;
        this.plan = plan(settings);
    }

    /// The next step; null where there is none. After the last one a TLS peer is taken leave of,
    /// unless a RST is to end it.
    @Nullable Step next() {
        if (number < plan.size()) {
            return start(plan.get(number++));
        }
        if (settings.close() == CloseMode.FIN
                && !hasTakenLeave
                && connection.bytes() instanceof TlsConnection tls) {
            hasTakenLeave = true;
            return new GoodbyeStep(connection, tls);
        }
        return null;
    }

    /// TLS does not start by itself if the dialogue starts it, unless it begins twice.
    private static List<StepSettings> plan(ProbeSettings settings) {
        return settings.startsTlsInDialogue()
                ? settings.steps().stream().filter(s -> !(s instanceof TlsSettings)).toList()
                : settings.steps();
    }

    private TlsSettings tlsSettings() {
        for (StepSettings wanted : settings.steps()) {
            if (wanted instanceof TlsSettings tls) {
                return tls;
            }
        }
        throw new IllegalStateException("a dialogue that starts TLS has settings for it");
    }

    private Step start(StepSettings wanted) {
        return switch (wanted) {
            case TlsSettings tls -> new TlsStep(connection, tls, clients);
            case DialogueSettings dialogue ->
                    new DialogueRun(
                            connection,
                            dialogue,
                            () -> new TlsStep(connection, tlsSettings(), clients));
            case ObserveSettings observe -> new ObserveStep(connection, observe);
            case HoldSettings hold -> new HoldStep(connection, hold);
            case FloodSettings flood -> new FloodStep(connection, flood);
        };
    }
}
