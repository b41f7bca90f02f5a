package dev.sonde.api.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.request.HeldView;
import dev.sonde.api.request.Paged;
import dev.sonde.form.BehaviourForm;
import dev.sonde.form.DurationText;
import dev.sonde.form.LimitsForm;
import dev.sonde.form.ListenerTlsForm;
import dev.sonde.form.RecordForm;
import dev.sonde.listen.spec.ConnectionCounts;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.security.SentBytes;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
        Backlog backlog,
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
        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable AcceptQueue acceptQueue,
        @Schema(accessMode = Schema.AccessMode.READ_ONLY) Connections connections,
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
                @Nullable List<Part> replicas,
        @Schema(
                        accessMode = Schema.AccessMode.READ_ONLY,
                        description =
                                "Replicas that did not answer within a second; their parts are missing. Absent if all answered",
                        example = "[\"sonde-2\"]")
                @Nullable List<String> incomplete)
        implements HeldView {

    /// The word for every replica.
    static final String ALL = "all";

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ListenerPart", description = "A listener of all replicas at one of them")
    record Part(
            @Schema(description = "Its name", example = "sonde-1") String replica,
            @Schema(
                            description = "State of the listener there",
                            allowableValues = {"listening", "paused", "expired", "failed"})
                    String state,
            @Schema(description = "Reason of the failure; absent in other states")
                    @Nullable String reason,
            @Schema(description = "The failure in one sentence") @Nullable String detail,
            @Schema(
                            description = "Absent while it does not listen there",
                            example = "10.1.2.3:9000")
                    @Nullable String address,
            @Nullable AcceptQueue acceptQueue,
            Connections connections) {}

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

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Backlog", description = "How many connections may wait for accept")
    record Backlog(
            @Schema(description = "As asked for", example = "128") int requested,
            @Schema(
                            accessMode = Schema.AccessMode.READ_ONLY,
                            description = "By the kernel's word",
                            example = "128")
                    @Nullable Long effective) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AcceptQueue", description = "Connections that wait for accept")
    record AcceptQueue(
            @Schema(description = "0 to limit + 1", example = "0") @Nullable Long length,
            @Schema(description = "Longest queue; Linux admits one more", example = "128")
                    @Nullable Long limit,
            @Schema(description = "SYNs and handshakes dropped since it listens", example = "0")
                    @Nullable Long drops,
            @Schema(
                            description = "Source of the figures",
                            allowableValues = {"tcp_info", "none"})
                    String source) {}

    @Schema(name = "ListenerConnections", description = "A listener's connections in numbers")
    record Connections(
            @Schema(description = "Open now", example = "0") int active,
            @Schema(description = "Since it was created", example = "0") long accepted,
            @Schema(
                            description =
                                    "Connections that were reset at once, because limits.connections was reached",
                            example = "0")
                    long rejected,
            @Schema(description = "Ended by a RST of either side", example = "0") long reset,
            @Schema(description = "Bytes received", example = "0") long bytesIn,
            @Schema(description = "Bytes sent", example = "0") long bytesOut,
            @Schema(
                            description =
                                    "Number of pauses of accept, because no descriptor was free",
                            example = "0")
                    long exhausted,
            @Schema(description = "Those that ended, by how and by whom") Map<String, Long> ended) {

        static Connections of(ConnectionCounts counts) {
            Map<String, Long> ended = new TreeMap<>();
            for (ConnectionEnd end : ConnectionEnd.values()) {
                Long count = counts.byEnd().get(end);
                if (count != null && count > 0) {
                    ended.put(end.label(), count);
                }
            }
            return new Connections(
                    counts.active(),
                    counts.accepted(),
                    counts.rejected(),
                    counts.reset(),
                    counts.bytesIn(),
                    counts.bytesOut(),
                    counts.exhausted(),
                    ended);
        }
    }

    static ListenerView of(ListenerStatus status) {
        StoredListener definition = status.definition();
        ListenerSpec spec = definition.spec();
        Duration ttl = spec.ttl();
        ListenerStatus.Queue queue = status.queue();
        ListenerStatus.Failure failure = status.failure();
        return new ListenerView(
                spec.name(),
                AddressText.of(spec.bind()),
                new Backlog(spec.backlog(), queue == null ? null : queue.limit()),
                shown(BehaviourForm.of(spec.behaviour())),
                LimitsForm.of(spec.limits()),
                ttl == null ? null : DurationText.format(ttl),
                RecordForm.of(spec.record()),
                ListenerTlsForm.of(spec.tls()),
                spec.labels().isEmpty() ? null : new TreeMap<>(spec.labels()),
                status.state().label(),
                failure == null ? null : failure.problem().label(),
                failure == null ? null : failure.detail(),
                text(status.address()),
                text(status.previousAddress()),
                queue == null ? null : acceptQueue(queue),
                Connections.of(status.connections()),
                definition.since().truncatedTo(ChronoUnit.MILLIS),
                millis(definition.expiresAt()),
                Objects.requireNonNullElse(definition.source(), "api"),
                definition.isOfAll() ? ALL : null,
                null,
                null);
    }

    /// Changes with the definition, not with what connects.
    static String etag(StoredListener definition) {
        Instant since = definition.since();
        return "\"%x-%x\"".formatted(since.getEpochSecond(), since.getNano());
    }

    private static AcceptQueue acceptQueue(ListenerStatus.Queue queue) {
        return new AcceptQueue(
                queue.length(),
                queue.limit(),
                queue.drops(),
                queue.length() == null ? "none" : "tcp_info");
    }

    private static @Nullable Instant millis(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable String text(@Nullable InetSocketAddress address) {
        return address == null ? null : AddressText.of(address);
    }

    private static BehaviourForm shown(BehaviourForm behaviour) {
        return SentBytes.areShown() ? behaviour : behaviour.withoutSent();
    }
}
