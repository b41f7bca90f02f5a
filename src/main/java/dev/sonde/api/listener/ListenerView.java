package dev.sonde.api.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.request.HeldView;
import dev.sonde.api.request.Paged;
import dev.sonde.form.BehaviourForm;
import dev.sonde.form.LimitsForm;
import dev.sonde.form.ListenerTlsForm;
import dev.sonde.form.RecordForm;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A listener in an answer. Absent means not measured or not set.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Listener", description = "A TCP listener, as asked for and as it is")
@Paged(
        value = "A stretch of a list of listeners",
        name = "ListenerPage",
        order = "In the order of their names",
        cursor = "slow-db",
        gathered = "listeners")
record ListenerView(
        @Schema(description = "Unique", example = "slow-db") String name,
        @Schema(description = "As asked for", example = "127.0.0.1:0") String bind,
        BacklogView backlog,
        BehaviourForm behaviour,
        LimitsForm limits,
        @Schema(
                        description =
                                "Time until the listener ends. Without it the listener does not end by itself",
                        example = "1h")
                @Nullable String ttl,
        RecordForm record,
        @Nullable ListenerTlsForm tls,
        @Schema(description = "Absent where it has none", example = "{\"run\": \"42\"}")
                @Nullable Map<String, String> labels,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description = "State of the listener now",
                        allowableValues = {"listening", "paused", "expired", "failed"})
                String state,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description = "Why it failed",
                        allowableValues = {
                            "address_in_use",
                            "address_not_available",
                            "denied_by_policy",
                            "no_permission",
                            "no_descriptors",
                            "no_certificate",
                            "local_error"
                        })
                @Nullable String reason,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description = "The failure in one sentence")
                @Nullable String detail,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description =
                                "Address on which the listener listens. Absent while it does not listen",
                        example = "127.0.0.1:41822")
                @Nullable String address,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description =
                                "Address before a restart, if it differs from the address now")
                @Nullable String previousAddress,
        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable AcceptQueueView acceptQueue,
        @Schema(accessMode = Schema.AccessMode.READ_ONLY) ListenerCountsView connections,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description = "When it was created or replaced")
                Instant definedAt,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description =
                                "Time at which the listener ends. Absent when it does not end by itself")
                @Nullable Instant expiresAt,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description = "api, or the set of definitions that owns it",
                        example = "api")
                String source,
        @Schema(
                        description =
                                "The replica that holds it; all, if every replica opens it. Absent for"
                                        + " a single process",
                        example = "sonde-1")
                @Nullable String replica,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description =
                                "Its part at each replica, if every replica opens it; else absent")
                @Nullable List<ListenerPartView> replicas,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description =
                                "Replicas that did not answer within a second; their parts are missing. Absent if all answered",
                        example = "[\"sonde-2\"]")
                @Nullable List<String> incomplete)
        implements HeldView {

    /// The word for every replica.
    static final String ALL = "all";

    @Override
    public boolean hasPartOfEach() {
        return ALL.equals(replica);
    }

    @Override
    public ListenerView heldBy(String holder) {
        return new ListenerView(
                name,
                bind,
                backlog,
                behaviour,
                limits,
                ttl,
                record,
                tls,
                labels,
                state,
                reason,
                detail,
                address,
                previousAddress,
                acceptQueue,
                connections,
                definedAt,
                expiresAt,
                source,
                holder,
                replicas,
                incomplete);
    }
}
