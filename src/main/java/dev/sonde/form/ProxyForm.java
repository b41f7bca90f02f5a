package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.UpstreamFailure;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A proxy's behaviour, in requests and answers.
@JsonTypeName("proxy")
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "ProxyBehaviour",
        description = "Join each connection to one of its own to an upstream")
record ProxyForm(
        @Schema(
                        description =
                                "The upstream, host:port; a name is looked up at every connect",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "db.example:5432")
                @Nullable String to,
        @Schema(description = "In the order in which the bytes meet them, at most 100")
                @Nullable List<@Nullable FaultForm> faults,
        @Schema(
                        description = "The treatment of a client whose upstream is dead",
                        allowableValues = {"close", "reset", "refuse", "hold"},
                        defaultValue = "close")
                @Nullable String onUpstreamFailure,
        @Schema(description = "TLS towards the upstream; in clear when absent")
                @Nullable TlsForm upstreamTls,
        @Schema(
                        description = "Whether it listens; else a RST answers each SYN",
                        defaultValue = "true")
                @Nullable Boolean enabled)
        implements BehaviourForm {

    static ProxyForm of(Behaviour.Proxy proxy) {
        TlsSettings tls = proxy.upstreamTls();
        return new ProxyForm(
                proxy.to().toString(),
                new ArrayList<>(proxy.faults().stream().map(FaultForm::of).toList()),
                proxy.onUpstreamFailure().label(),
                tls == null ? null : TlsForm.of(tls),
                proxy.enabled());
    }

    @Override
    public @Nullable Behaviour toBehaviour(String path, InvalidFields invalid) {
        if (to == null) {
            invalid.add(path + ".to", null, "host:port of the upstream is expected");
        }
        Target upstream = invalid.read(path + ".to", to, Target::parse);
        List<Fault> read = FaultForm.read(path + ".faults", faults, invalid);
        UpstreamFailure onFailure =
                invalid.word(path + ".onUpstreamFailure", onUpstreamFailure, UpstreamFailure.CLOSE);
        StepSettings tls =
                upstreamTls == null ? null : upstreamTls.toSettings(path + ".upstreamTls", invalid);
        return upstream == null
                ? null
                : new Behaviour.Proxy(
                        upstream,
                        read,
                        onFailure,
                        tls instanceof TlsSettings settings ? settings : null,
                        enabled == null || enabled);
    }
}
