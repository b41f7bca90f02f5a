package dev.sonde.api.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.body.SentBackAs;
import dev.sonde.form.BehaviourForm;
import dev.sonde.form.BehaviourFormReader;
import dev.sonde.form.InvalidFields;
import dev.sonde.form.LimitsForm;
import dev.sonde.form.ListenerForm;
import dev.sonde.form.ListenerTlsForm;
import dev.sonde.form.RecordForm;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.security.SentBytes;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/// A listener as a request describes it.
@JsonInclude(JsonInclude.Include.NON_NULL)
@SentBackAs(ListenerView.class)
@Schema(name = "ListenerRequest", description = "A TCP listener, and what connections meet there")
record ListenerRequest(
        @Schema(
                        description = "May be left out where the path has it",
                        pattern = ResourceName.PATTERN,
                        example = "slow-db")
                @Nullable String name,
        @Schema(
                        description = "a.b.c.d:port or [v6]:port; port 0 is the kernel's choice",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        example = "127.0.0.1:0")
                @Nullable String bind,
        @Schema(
                        description =
                                "Connections that may wait for accept, 128 when absent; the kernel may"
                                        + " lower it and admits one more. The view's object is taken"
                                        + " too",
                        implementation = Integer.class,
                        minimum = "1",
                        maximum = "65535",
                        example = "128")
                @Nullable Object backlog,
        @JsonDeserialize(using = BehaviourFormReader.class)
                @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
                @Nullable BehaviourForm behaviour,
        @Nullable LimitsForm limits,
        @Schema(description = "How long it listens; without end when absent", example = "1h")
                @Nullable String ttl,
        @Nullable RecordForm record,
        @Nullable ListenerTlsForm tls,
        @Schema(
                        description = "Up to 32; one with transient=true is forgotten at a restart",
                        example = "{\"run\": \"42\"}")
                @Nullable Map<String, String> labels,
        @Schema(
                        description =
                                "The replica that opens it, or all; the one that takes the request when"
                                        + " absent. It counts for a new listener; an existing one stays"
                                        + " at its replica",
                        example = "sonde-1")
                @Nullable String replica) {

    /// The listener of this request.
    ///
    /// @param pathName the name in the path, if it has one
    /// @param stored addresses that are stored under the name
    ListenerSpec toSpec(@Nullable String pathName, Set<String> stored) {
        InvalidFields invalid = InvalidFields.keeping(stored);
        String named = name(pathName, invalid);
        return new ListenerForm(bind, backlog, behaviour, limits, ttl, record, tls, labels)
                .toSpec(named, invalid);
    }

    /// The request that would make this definition.
    static ListenerRequest of(StoredListener definition) {
        ListenerForm written = ListenerForm.of(definition.spec());
        return of(
                definition.spec().name(),
                SentBytes.areShown() ? written : written.withoutSent(),
                definition.isOfAll() ? ListenerView.ALL : null);
    }

    /// The same, with the bytes that it sends, for every role.
    static ListenerRequest written(ListenerSpec spec) {
        return of(spec.name(), ListenerForm.of(spec), null);
    }

    private static ListenerRequest of(String name, ListenerForm form, @Nullable String replica) {
        return new ListenerRequest(
                name,
                form.bind(),
                form.backlog(),
                form.behaviour(),
                form.limits(),
                form.ttl(),
                form.record(),
                form.tls(),
                form.labels(),
                replica);
    }

    private String name(@Nullable String pathName, InvalidFields invalid) {
        String named = name != null ? name : pathName;
        if (named == null) {
            invalid.add("name", null, "a name is expected");
            return "";
        }
        if (pathName != null && !pathName.equals(named)) {
            invalid.add("name", name, "the name in the path, or left out");
        }
        return named;
    }
}
